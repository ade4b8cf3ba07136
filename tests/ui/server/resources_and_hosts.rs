use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        api_scopes: [("api1", "api1.example.com"), ("api2", "https://api2.example.com/#v2")],
        insecure_http_hosts: ["http://dev.example.com", "dev.example.com:5000", "*.example.com"],
    },
];

fn main() {
    println!("{}", CLIENTS.len());
}
