use super::*;

/// RFC 8463, appendix A.
const BOTH: &str = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
";
const ED25519: (&str, &str, &str) = (
    "brisbane",
    "football.example.com",
    "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
);
const RSA: (&str, &str, &str) = (
    "test",
    "football.example.com",
    "v=DKIM1; k=rsa; p=\"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/b\"
     \"yYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB\"",
);

/// RFC 6376, appendix A.2, with its errata 3192 and 4926.
const SIMPLE: &str = "DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
      c=simple/simple; q=dns/txt; i=joe@football.example.com;
      h=Received : From : To : Subject : Date : Message-ID;
      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
        4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
        KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
        4bmp/YzhwvcubU4=;
Received: from client1.football.example.com  [192.0.2.1]
      by submitserver.example.com with SUBMISSION;
      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game. Are you hungry yet?

Joe.
";
const SIMPLE_KEY: (&str, &str, &str) = (
    "brisbane",
    "example.com",
    "k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB",
);

fn said(mail: &str, keys: &[(&str, &str, &str)]) -> MailSignature {
    verify(mail.as_bytes(), &DkimKeys::of(keys))
}

fn ours(domain: &str) -> MailSignature {
    MailSignature::Ours(domain.to_owned())
}

#[test]
fn the_rfcs_own_examples_are_verified() {
    assert_eq!(said(BOTH, &[ED25519]), ours("football.example.com"));
    assert_eq!(said(BOTH, &[RSA]), ours("football.example.com"), "the one that can be read is enough");
    assert_eq!(said(&BOTH.replace('\n', "\r\n"), &[RSA, ED25519]), ours("football.example.com"));
    assert_eq!(said(SIMPLE, &[SIMPLE_KEY]), ours("example.com"), "of a domain below it, simple and simple");
}

#[test]
fn what_is_changed_does_not_fit() {
    for (from, to) in [
        ("Are you hungry", "Are you thirsty"),
        ("Is dinner ready?", "Is dinner paid?"),
        ("joe@football", "eve@football"),
        ("Joe.\n", "Joe.\nPS: send money\n"),
        ("To: Suzie", "Subject: Pay now\nTo: Suzie"),
        ("To: Suzie", "From: Eve <eve@evil.test>\nTo: Suzie"),
        ("To: Suzie", "Content-Type: text/html\nContent-Type: text/plain\nTo: Suzie"),
    ] {
        for (mail, keys) in [(BOTH, &[ED25519][..]), (BOTH, &[RSA][..]), (SIMPLE, &[SIMPLE_KEY][..])] {
            assert!(mail.contains(from), "{from}");
            assert_eq!(said(&mail.replace(from, to), keys), MailSignature::Broken, "{from} → {to}");
        }
    }
    // Relaxed, white space may change; simple, it may not.
    assert_eq!(said(&BOTH.replace("game.  Are", "game. \t Are"), &[RSA]), ours("football.example.com"));
    assert_eq!(
        said(&BOTH.replace("Subject: Is dinner", "SUBJECT:  Is\n dinner"), &[RSA]),
        ours("football.example.com")
    );
    assert_eq!(said(&SIMPLE.replace("Subject: Is", "Subject:  Is"), &[SIMPLE_KEY]), MailSignature::Broken);
    assert_eq!(
        said(&SIMPLE.replace("Joe.\n", "Joe.\n\n\n"), &[SIMPLE_KEY]),
        ours("example.com"),
        "empty lines at the end"
    );
}

#[test]
fn who_else_signed_or_nobody_is_told_apart() {
    let unsigned = &BOTH[BOTH.find("From:").unwrap()..];
    assert_eq!(said(unsigned, &[RSA]), MailSignature::Unsigned);
    assert_eq!(said(BOTH, &[SIMPLE_KEY]), MailSignature::Foreign);
    let other_selector = ("other", RSA.1, RSA.2);
    assert_eq!(said(BOTH, &[other_selector]), MailSignature::Broken, "it says that it is ours");
    assert_eq!(verify(BOTH.as_bytes(), &DkimKeys::default()), MailSignature::NotChecked);
    for nonsense in
        ["", "\r\n\r\n", "DKIM-Signature: v=1", "DKIM-Signature: v=1; a=rsa-sha1; h=from; b=; bh=; d=x; s=y"]
    {
        assert_ne!(said(nonsense, &[RSA]), ours("football.example.com"), "{nonsense}");
    }
}

#[test]
fn a_signature_of_a_part_proves_nothing_of_the_rest() {
    let part = BOTH.replace("q=dns/txt; s=test;", "q=dns/txt; l=4; s=test;");
    assert_eq!(said(&part, &[RSA]), MailSignature::Broken, "the tag itself is signed");
    let unsigned_type = BOTH.replace("To: Suzie", "Content-Type: text/plain\nTo: Suzie");
    assert_eq!(said(&unsigned_type, &[RSA]), MailSignature::Partial, "how it is read can be changed");
}

#[test]
fn keys_are_read_from_a_folder_as_the_dns_has_them() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    assert!(DkimKeys::open(folder.path()).unwrap_err().to_string().contains("SELECTOR._domainkey.DOMAIN"));
    write("README", "not a key");
    write("test._domainkey.football.example.com", RSA.2);
    write("Brisbane._domainkey.football.example.com.txt", ED25519.2);
    let keys = DkimKeys::open(folder.path()).unwrap();
    assert_eq!(verify(BOTH.as_bytes(), &keys), ours("football.example.com"));
    for broken in
        ["v=DKIM1; p=", "v=DKIM1; k=rsa; p=AAAA", "v=DKIM2; p=AAAA", "k=ed25519; p=AAAA", "k=dsa; p=AAAA", ""]
    {
        write("bad._domainkey.example.com", broken);
        let error = format!("{:#}", DkimKeys::open(folder.path()).unwrap_err());
        assert!(error.contains("is no DKIM key"), "{broken}: {error}");
    }
    assert!(DkimKeys::open(&folder.path().join("none")).is_err());
}
