//! Mail by a mail server: once, or it is known why not.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use engine::Account;
use sqlx::{Connection, SqliteConnection};
use store::Progress;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::feed::as_of;
use crate::house::serve_with;
use crate::place::Place;
use crate::visitor::Visitor;

/// What a mail server does with what it is handed.
#[derive(Clone, Copy)]
enum Manner {
    Takes,
    RefusesForNow,
    RefusesForGood,
    /// It has the mail, and goes away without a word.
    FallsSilent,
}

/// A mail server, and what was handed to it.
async fn mail_server(manner: Manner) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let handed = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&handed);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            converse(stream, manner, &kept).await;
        }
    });
    (address, handed)
}

async fn converse(stream: TcpStream, manner: Manner, kept: &Mutex<Vec<String>>) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mail.example\r\n").await.unwrap();
    let mut mail: Option<String> = None;
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match (&mut mail, line.as_str()) {
            (Some(text), ".") => {
                kept.lock().unwrap().push(std::mem::take(text));
                mail = None;
                if matches!(manner, Manner::FallsSilent) {
                    return;
                }
                "250 taken"
            }
            (Some(text), line) => {
                text.push_str(line);
                text.push('\n');
                continue;
            }
            (None, "DATA") => {
                mail = Some(String::new());
                "354 go on"
            }
            (None, line) if line.starts_with("RCPT") => match manner {
                Manner::RefusesForNow => "451 later",
                Manner::RefusesForGood => "550 nobody",
                Manner::Takes | Manner::FallsSilent => "250 ok",
            },
            (None, "QUIT") => "221 bye",
            (None, _) => "250 ok",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
    }
}

/// Asks for a link by a mail server, and waits until something became of the mail: in which state it is, after how many
/// tries.
async fn send_by(url: &str) -> (String, i64) {
    let place = Place::sqlite();
    let store = place.store().await;
    let account: Account = serde_json::from_str(r#"{"id":"A-1","emails":["dana@example.net"]}"#).unwrap();
    let progress = Progress { feed: "f".to_owned(), file: "accounts".to_owned(), lines_done: 1 };
    store.load_accounts(&progress, vec![account], as_of()).await.unwrap();
    let (address, _site) = serve_with(store, Some(url.into())).await;
    let answer = Visitor::of(address).post("/welcome", &[("email", "dana@example.net")]).await;
    assert_eq!(answer.location(), "/welcome?sent");
    let mut beside = SqliteConnection::connect(&place.url).await.unwrap();
    for _ in 0..400 {
        let became = "select state, attempts from outbox where state <> 'sending' and attempts > 0";
        let row: Option<(String, i64)> = sqlx::query_as(became).fetch_optional(&mut beside).await.unwrap();
        if let Some(row) = row {
            return row;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("nothing became of the mail");
}

#[tokio::test]
async fn a_mail_is_handed_over_once_or_it_is_known_why_not() {
    for (manner, state, handed_over) in [
        (Manner::Takes, "sent", 1),
        (Manner::RefusesForNow, "waiting", 0),
        (Manner::RefusesForGood, "failed", 0),
        (Manner::FallsSilent, "unknown", 1),
    ] {
        let (address, handed) = mail_server(manner).await;
        assert_eq!(send_by(&format!("smtp://{address}")).await, (state.to_owned(), 1));
        let handed = handed.lock().unwrap();
        assert_eq!(handed.len(), handed_over, "{state}");
        assert!(
            handed.iter().all(|mail| mail.contains("To: dana@example.net") && mail.contains("/welcome/"))
        );
    }
    // Nobody is there.
    assert_eq!(send_by("smtp://127.0.0.1:1").await, ("waiting".to_owned(), 1));
}
