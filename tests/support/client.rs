//! A browser without a screen: cookies, forms with the CSRF token of the session, no redirects followed.

use ureq::Agent;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub content_type: String,
    pub headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// A header by its name in small letters; empty if it is not there.
    pub fn header(&self, name: &str) -> String {
        let found = self.headers.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The page's text with the answer's status checked first.
    pub fn ok(self) -> String {
        assert_eq!(self.status, 200, "{}", self.text());
        self.text()
    }

    /// Where a successful POST leads.
    pub fn redirected(self) -> String {
        assert_eq!(self.status, 303, "{}", self.text());
        self.location
    }
}

/// One person's client, or nobody's.
pub struct Client {
    agent: Agent,
    base: String,
    pub csrf: String,
}

impl Client {
    pub fn anonymous(base: &str) -> Self {
        let agent: Agent = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .build()
            .into();
        Client { agent, base: base.to_owned(), csrf: String::new() }
    }

    pub fn sign_in(base: &str, username: &str, password: &str) -> Self {
        Self::try_sign_in(base, username, password).expect("the server answers")
    }

    /// Nothing when the server is gone.
    pub fn try_sign_in(base: &str, username: &str, password: &str) -> Option<Self> {
        let mut client = Client::anonymous(base);
        let form = client.try_get("/sign-in")?.ok();
        let token = hidden(&form, "token").expect("the sign-in form has a token");
        let fields = [("token", token.as_str()), ("username", username), ("password", password)];
        let request = client.agent.post(format!("{base}/session"));
        let answer = try_answer(request.send_form(fields).ok()?)?;
        assert_eq!(answer.status, 303, "{username} could not sign in: {}", answer.text());
        let page = client.try_get("/password")?.ok();
        client.csrf = hidden(&page, "csrf").expect("a signed-in page has a token");
        Some(client)
    }

    /// The session's token, for a request written by hand.
    pub fn session(&self) -> String {
        let jar = self.agent.cookie_jar_lock();
        let found = jar.iter().find(|cookie| cookie.name() == "tonghop_session");
        found.map(|cookie| cookie.value().to_owned()).expect("a session")
    }

    pub fn get(&self, path: &str) -> Answer {
        let response = self.agent.get(format!("{}{path}", self.base)).call().expect("the server answers");
        answer(response)
    }

    /// The same from a server that may be gone: nothing when it does not answer to the end.
    pub fn try_get(&self, path: &str) -> Option<Answer> {
        try_answer(self.agent.get(format!("{}{path}", self.base)).call().ok()?)
    }

    /// [`Client::post`] to a server that may be gone.
    pub fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let fresh = uuid::Uuid::now_v7().to_string();
        let mut all = vec![("csrf", self.csrf.as_str())];
        if !fields.iter().any(|(name, _)| *name == "form_key") {
            all.push(("form_key", &fresh));
        }
        all.extend_from_slice(fields);
        try_answer(self.agent.post(format!("{}{path}", self.base)).send_form(all).ok()?)
    }

    /// [`Client::post_json`] to a server that may be gone.
    pub fn try_post_json(&self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend_from_slice(fields);
        let request = self.agent.post(format!("{}{path}", self.base)).header("Accept", "application/json");
        try_answer(request.send_form(all).ok()?)
    }

    /// A form with the CSRF token of whoever is signed in and, where the test names none, a one-use key of its own, as every
    /// page that makes something gives one.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fresh = uuid::Uuid::now_v7().to_string();
        let mut all = vec![("csrf", self.csrf.as_str())];
        if !fields.iter().any(|(name, _)| *name == "form_key") {
            all.push(("form_key", &fresh));
        }
        all.extend_from_slice(fields);
        self.post_raw(path, &all)
    }

    /// A form exactly as given.
    pub fn post_raw(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.agent.post(format!("{}{path}", self.base));
        answer(request.send_form(fields.iter().copied()).expect("the server answers"))
    }

    /// A form with a file beside its fields, as a browser posts it; the field's name, the file's name and its bytes.
    pub fn post_file(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Answer {
        self.try_post_file(path, fields, file, "text/html").expect("the server answers")
    }

    /// [`Client::post_file`] as the module posts it that shows how far a file has come.
    pub fn post_file_json(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Answer {
        self.try_post_file(path, fields, file, "application/json").expect("the server answers")
    }

    /// [`Client::post_file`] to a server that may be gone.
    pub fn try_post_file(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &[u8]),
        accept: &str,
    ) -> Option<Answer> {
        const MARK: &str = "----tonghop-test-boundary";
        let fresh = uuid::Uuid::now_v7().to_string();
        let key =
            (!fields.iter().any(|(name, _)| *name == "form_key")).then_some(("form_key", fresh.as_str()));
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain(key) {
            let head =
                format!("--{MARK}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        let (field, name, bytes) = file;
        let head = format!(
            "--{MARK}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{MARK}--\r\n").as_bytes());
        let request = self.agent.post(format!("{}{path}", self.base));
        let request = request.header("Content-Type", &format!("multipart/form-data; boundary={MARK}"));
        try_answer(request.header("Accept", accept).send(&body[..]).ok()?)
    }

    /// A form as the autosave module posts it: asking for JSON.
    pub fn post_json(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend_from_slice(fields);
        let request = self.agent.post(format!("{}{path}", self.base)).header("Accept", "application/json");
        answer(request.send_form(all).expect("the server answers"))
    }

    /// A body that is no form at all.
    pub fn post_json_body(&self, path: &str, body: &str) -> Answer {
        let request = self.agent.post(format!("{}{path}", self.base));
        answer(request.header("Content-Type", "application/json").send(body).expect("the server answers"))
    }
}

fn answer(response: ureq::http::Response<ureq::Body>) -> Answer {
    try_answer(response).expect("a whole body")
}

fn try_answer(mut response: ureq::http::Response<ureq::Body>) -> Option<Answer> {
    let header = |name: &str| {
        response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
    };
    let (location, content_type) = (header("location"), header("content-type"));
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let status = response.status().as_u16();
    let bytes = response.body_mut().with_config().limit(64 << 20).read_to_vec().ok()?;
    Some(Answer { status, location, content_type, headers, bytes })
}

/// The value of a hidden input.
pub fn hidden(html: &str, name: &str) -> Option<String> {
    let at = html.find(&format!("name=\"{name}\" value=\""))?;
    let rest = &html[at..];
    let start = rest.find("value=\"")? + 7;
    let end = rest[start..].find('"')?;
    Some(rest[start..start + end].to_owned())
}
