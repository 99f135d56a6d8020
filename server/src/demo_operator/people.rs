//! Who the made-up customers are and where they live. Numbers are of the 555 exchange, addresses of reserved domains.

pub(super) const FIRST_EN: [&str; 44] = [
    "Amara", "Bennett", "Celia", "Darnell", "Elise", "Farid", "Greta", "Howard", "Imani", "Jasper", "Keiko",
    "Leland", "Mina", "Noor", "Orson", "Priya", "Quentin", "Rosalind", "Soren", "Tamsin", "Ulysses", "Vera",
    "Wendell", "Xenia", "Yusuf", "Zadie", "Anders", "Bridget", "Cormac", "Delphine", "Emeka", "Fern",
    "Gideon", "Hana", "Isaac", "June", "Kofi", "Lydia", "Malik", "Nadia", "Otis", "Petra", "Rufus", "Simone",
];

pub(super) const LAST_EN: [&str; 44] = [
    "Abernathy",
    "Bakshi",
    "Calloway",
    "Dempsey",
    "Eastman",
    "Fitzhugh",
    "Gallagher",
    "Haddad",
    "Ivers",
    "Jablonski",
    "Kapoor",
    "Lindqvist",
    "Mbeki",
    "Nakagawa",
    "Oyelaran",
    "Pemberton",
    "Quigley",
    "Rasmussen",
    "Sandoval",
    "Thorne",
    "Underhill",
    "Vance",
    "Whitlock",
    "Xiong",
    "Yardley",
    "Zimmerman",
    "Ashby",
    "Brannigan",
    "Castellan",
    "Dragomir",
    "Ellsworth",
    "Fairbanks",
    "Goldberg",
    "Hollis",
    "Iwu",
    "Jernigan",
    "Kowalski",
    "Lavigne",
    "Moreau",
    "Nwosu",
    "Overstreet",
    "Prescott",
    "Rutherford",
    "Stavros",
];

pub(super) const FIRST_ES: [&str; 24] = [
    "Alejandra",
    "Bruno",
    "Carmen",
    "Diego",
    "Esperanza",
    "Fabián",
    "Graciela",
    "Héctor",
    "Inés",
    "Joaquín",
    "Lucía",
    "Mateo",
    "Natalia",
    "Óscar",
    "Pilar",
    "Ramiro",
    "Sofía",
    "Tomás",
    "Ximena",
    "Yolanda",
    "Emilio",
    "Rocío",
    "Julián",
    "Teresa",
];

pub(super) const LAST_ES: [&str; 24] = [
    "Aguilar",
    "Bermúdez",
    "Cárdenas",
    "Delgado",
    "Echeverría",
    "Fuentes",
    "Guzmán",
    "Herrera",
    "Ibáñez",
    "Jiménez",
    "Lozano",
    "Maldonado",
    "Navarro",
    "Ochoa",
    "Paredes",
    "Quintero",
    "Rentería",
    "Salcedo",
    "Trujillo",
    "Urrutia",
    "Valdés",
    "Zamora",
    "Espinosa",
    "Montoya",
];

/// A town, its state with a postal code, its zone, and the area code of its numbers.
pub(super) struct Town {
    pub name: &'static str,
    pub state: &'static str,
    pub postal_code: &'static str,
    pub zone: &'static str,
    pub area_code: &'static str,
}

const fn town(
    name: &'static str,
    state: &'static str,
    postal_code: &'static str,
    zone: &'static str,
    area_code: &'static str,
) -> Town {
    Town { name, state, postal_code, zone, area_code }
}

pub(super) const TOWNS_EN: [Town; 10] = [
    town("Fort Collins", "CO", "80521", "America/Denver", "970"),
    town("Missoula", "MT", "59801", "America/Denver", "406"),
    town("Duluth", "MN", "55802", "America/Chicago", "218"),
    town("Madison", "WI", "53703", "America/Chicago", "608"),
    town("Burlington", "VT", "05401", "America/New_York", "802"),
    town("Asheville", "NC", "28801", "America/New_York", "828"),
    town("Eugene", "OR", "97401", "America/Los_Angeles", "541"),
    town("Spokane", "WA", "99201", "America/Los_Angeles", "509"),
    town("Juneau", "AK", "99801", "America/Anchorage", "907"),
    town("Hilo", "HI", "96720", "Pacific/Honolulu", "808"),
];

pub(super) const TOWNS_ES: [Town; 6] = [
    town("Houston", "TX", "77007", "America/Chicago", "713"),
    town("Hialeah", "FL", "33010", "America/New_York", "305"),
    town("Tucson", "AZ", "85701", "America/Phoenix", "520"),
    town("Fresno", "CA", "93721", "America/Los_Angeles", "559"),
    town("Pueblo", "CO", "81003", "America/Denver", "719"),
    town("Ponce", "PR", "00716", "America/Puerto_Rico", "787"),
];

pub(super) const STREETS: [&str; 12] = [
    "Alder Street",
    "Brook Lane",
    "Cedar Avenue",
    "Dune Road",
    "Elm Court",
    "Fir Terrace",
    "Garnet Way",
    "Hazel Street",
    "Iris Lane",
    "Jasper Drive",
    "Kestrel Road",
    "Linden Avenue",
];

/// A name as an address of mail writes it.
pub(super) fn plain_ascii(name: &str) -> String {
    let lower = name.to_lowercase();
    let plain = lower.chars().map(|c| match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        ' ' => '.',
        other => other,
    });
    plain.filter(|c| c.is_ascii_alphanumeric() || *c == '.').collect()
}
