//! The wire to chromedriver: W3C WebDriver over plain HTTP, a request at a time.

use serde_json::Value;

/// One WebDriver request; the error is the driver's own message.
pub fn call(agent: &ureq::Agent, method: &str, url: &str, body: Option<&Value>) -> Result<Value, String> {
    let answer = match (method, body) {
        ("DELETE", _) => agent.delete(url).call(),
        ("GET", _) => agent.get(url).call(),
        (_, body) => {
            let text = body.map(Value::to_string).unwrap_or_default();
            agent.post(url).header("content-type", "application/json").send(text)
        }
    };
    let mut answer = answer.map_err(|error| error.to_string())?;
    let text = answer.body_mut().with_config().limit(64 << 20).read_to_string().map_err(|e| e.to_string())?;
    let mut json: Value = serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?;
    if answer.status().is_success() {
        Ok(json["value"].take())
    } else {
        Err(json["value"]["message"].to_string())
    }
}
