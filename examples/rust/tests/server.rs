//! Starts the program and talks to it as a client does.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use serde_json::{Value, json};

struct Session {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last_id: u64,
}

impl Session {
    fn start() -> (Self, Value) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mcp-hash-tools"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let mut session = Self { child, input, output, last_id: 0 };
        let client = json!({"name": "test", "version": "1.0.0"});
        let params = json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client});
        let hello = session.ask("initialize", params);
        session.send(json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        (session, hello)
    }

    fn send(&mut self, message: Value) {
        let input = self.input.as_mut().expect("stdin is open");
        writeln!(input, "{message}").expect("the program reads");
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        self.send(json!({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params}));
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the program answers");
        let mut answer: Value = serde_json::from_str(&line).expect("the answer is JSON");
        answer["result"].take()
    }

    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        self.ask("tools/call", json!({"name": tool, "arguments": arguments}))
    }

    fn wait(&mut self) -> ExitStatus {
        self.child.wait().expect("the program ends")
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It has often ended already, and then there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_server_introduces_itself_as_the_package() {
    let (_session, hello) = Session::start();
    assert_eq!(hello["protocolVersion"], "2025-11-25");
    assert_eq!(hello["serverInfo"]["name"], env!("CARGO_PKG_NAME"));
    assert_eq!(hello["serverInfo"]["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn the_tools_are_listed_with_schemas() {
    let (mut session, _) = Session::start();
    let listed = session.ask("tools/list", json!({}));
    let tools = listed["tools"].as_array().expect("a list of tools");
    let mut names: Vec<_> = tools.iter().filter_map(|tool| tool["name"].as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["decode_base64", "digest_text", "encode_base64", "name_uuid", "verify_digest"]);
    for tool in tools {
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
        assert_eq!(tool["outputSchema"]["type"], "object", "{tool}");
    }
}

#[test]
fn every_tool_answers_with_structured_content() {
    let (mut session, _) = Session::start();
    let mut content = |tool, arguments| session.call(tool, arguments)["structuredContent"].take();
    assert_eq!(
        content("digest_text", json!({"text": "123456789", "algorithm": "crc32"})),
        json!({"digest": "cbf43926", "bytes": 9})
    );
    assert_eq!(
        content("verify_digest", json!({"text": "x", "algorithm": "crc32", "expected": "cbf43926"})),
        json!({"matches": false})
    );
    assert_eq!(content("encode_base64", json!({"text": "ü"})), json!({"encoded": "w7w="}));
    assert_eq!(content("decode_base64", json!({"encoded": "w7w", "alphabet": "url"})), json!({"text": "ü"}));
    assert_eq!(
        content("name_uuid", json!({"namespace": "dns", "name": "www.example.com"})),
        json!({"uuid": "2ed6657d-e927-568b-95e1-2665a8aea6a2"})
    );
}

#[test]
fn a_mistake_of_the_caller_is_explained_in_the_result() {
    let (mut session, _) = Session::start();
    let result = session.call("decode_base64", json!({"encoded": "?"}));
    assert_eq!(result["isError"], true);
    assert!(result["content"][0]["text"].as_str().is_some_and(|text| text.starts_with("encoded: ")), "{result}");
}

#[test]
fn the_server_leaves_when_stdin_closes() {
    let (mut session, _) = Session::start();
    session.input = None;
    assert!(session.wait().success());
}

#[test]
#[cfg(unix)]
fn the_server_leaves_on_sigterm() {
    let (mut session, _) = Session::start();
    let id = session.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
    assert_eq!(session.wait().code(), Some(0));
}

#[test]
fn the_version_is_printed_and_unknown_flags_are_refused() {
    let run = |flag| Command::new(env!("CARGO_BIN_EXE_mcp-hash-tools")).arg(flag).output().expect("the program runs");
    let shown = run("--version");
    assert!(shown.status.success());
    assert_eq!(shown.stdout, format!("{} {}\n", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")).into_bytes());
    let refused = run("--verbose");
    assert_eq!(refused.status.code(), Some(2));
    assert!(refused.stdout.is_empty() && !refused.stderr.is_empty());
}
