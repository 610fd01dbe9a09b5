//! Signing in, staying signed in, the accounts of the command line, and the administrator's pages for people.

mod administer;
mod hand_over;
mod invitations;
mod lists;
mod rules;
mod sign_in;

use crate::support::client::{Client, hidden};

/// The id of somebody on the administrator's list, by account.
fn person(administrator: &Client, username: &str) -> String {
    let list = administrator.get(&format!("/people?q={username}")).ok();
    let before = list.split(&format!("<small class=\"hint\">{username}</small>")).next().expect("a list");
    let link = before.rsplit("href=\"/people/").next().expect("a link");
    link.split('"').next().expect("an id").to_owned()
}

/// What the page of a person shows of the account, to be sent with a step.
fn mark(administrator: &Client, id: &str) -> String {
    hidden(&administrator.get(&format!("/people/{id}")).ok(), "shown").expect("a mark")
}

/// The code of the slip for an account.
fn code(slips: &str, username: &str) -> String {
    let after = slips.split(&format!("<dd class=\"mono\">{username}</dd>")).nth(1).expect("a slip");
    let code = after.split("<dd class=\"mono\">").nth(1).expect("a code");
    code.split('<').next().expect("an end").to_owned()
}

/// Uses a code as the public page does; the status and the page or where it leads.
fn accept(client: &Client, username: &str, code: &str, password: &str) -> (u16, String) {
    let token = hidden(&client.get("/invitation").ok(), "token").expect("a token");
    let fields = [
        ("token", token.as_str()),
        ("username", username),
        ("code", code),
        ("new", password),
        ("again", password),
    ];
    let answer = client.post_raw("/invitation", &fields);
    let status = answer.status;
    (status, if status == 303 { answer.location } else { answer.text() })
}

fn sign_in(client: &Client, username: &str, password: &str) -> u16 {
    let token = hidden(&client.get("/sign-in").ok(), "token").expect("a token");
    client.post_raw("/session", &[("token", &token), ("username", username), ("password", password)]).status
}
