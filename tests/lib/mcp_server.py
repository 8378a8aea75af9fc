"""Tool servers over HTTP, one a path, good and bad ones. Prints its ports; each request is
a line of the log: "METHOD PATH rpc-method {headers}". Ends when stdin does.
"""
import json
import os
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOG = open(sys.argv[1], "a", buffering=1)
TOOLS = [{"name": "say", "description": "says it", "inputSchema": {"type": "object"}}]
KEPT = ("accept", "authorization", "last-event-id", "mcp-method", "mcp-name",
        "mcp-protocol-version", "mcp-session-id", "x-team")
answers = {}  # of the client, to what a server asked: by id
answered = threading.Condition()
sessions = {"forgets": 0}


def text(words):
    return {"content": [{"type": "text", "text": words}]}


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def note(self, rpc):
        kept = {k.lower(): v for k, v in self.headers.items() if k.lower() in KEPT}
        LOG.write(f"{self.command} {self.path} {rpc} {json.dumps(kept, sort_keys=True)}\n")

    def head(self, status, kind=None, length=None, **more):
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def json(self, value, status=200, **more):
        body = json.dumps(value, indent=1).encode()
        self.head(status, "application/json; charset=utf-8", len(body), **more)
        self.wfile.write(body)

    def event(self, value, number=None):
        if number is not None:
            self.wfile.write(f"id: {number}\r\n".encode())
        data = "" if value is None else json.dumps(value)
        self.wfile.write(f"event: message\r\ndata: {data}\r\n\r\n".encode())
        self.wfile.flush()

    def result(self, rpc, value, **more):
        self.json({"jsonrpc": "2.0", "id": rpc["id"], "result": value}, **more)

    def error(self, rpc, status, words, **more):
        self.json({"jsonrpc": "2.0", "id": None, "error": {"code": -32000, "message": words}},
                  status, **more)

    # What every server says ---------------------------------------------------------

    def modern(self, rpc):
        if rpc["method"] == "server/discover":
            self.result(rpc, {"supportedVersions": ["2026-07-28"], "capabilities": {"tools": {}},
                              "resultType": "complete",
                              "_meta": {"io.modelcontextprotocol/serverInfo":
                                        {"name": "modern", "version": "1"}}})
        elif rpc["method"] == "tools/list":
            self.result(rpc, {"tools": TOOLS, "resultType": "complete"})
        else:
            return False
        return True

    def old(self, rpc, session):
        """False: it is a call of a tool, in its session."""
        method = rpc.get("method")
        if method == "initialize":
            self.result(rpc, {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}},
                              "serverInfo": {"name": "old", "version": "1"}},
                        Mcp_Session_Id=session)
        elif self.headers.get("mcp-session-id") is None:
            self.error(rpc, 400, "Bad Request: no session")
        elif self.headers["mcp-session-id"] != session:
            self.error(rpc, 404, "no such session")
        elif self.headers.get("mcp-protocol-version") != "2025-06-18":
            self.error(rpc, 400, "Bad Request: no revision")
        elif "method" not in rpc:
            with answered:
                answers[rpc["id"]] = rpc.get("result")
                answered.notify_all()
            self.head(202, length=0)
        elif "id" not in rpc:
            self.head(202, length=0)
        elif method == "tools/list":
            self.head(200, "text/event-stream")
            self.event(None, 1)
            self.event({"jsonrpc": "2.0", "method": "notifications/message", "params": {}}, 2)
            self.event({"jsonrpc": "2.0", "id": rpc["id"], "result": {"tools": TOOLS}}, 3)
        else:
            return False
        return True

    # The servers ---------------------------------------------------------------------

    def at_modern(self, rpc):
        if not self.modern(rpc):
            self.result(rpc, dict(text("all is well"), resultType="complete"))

    def at_old(self, rpc):
        if not self.old(rpc, "s-1"):
            self.result(rpc, text("all was well"))

    def at_changes(self, rpc):
        """Has one more tool after a call, and says so to who listens before it answers."""
        method = rpc["method"]
        if method == "server/discover":
            self.result(rpc, {"supportedVersions": ["2026-07-28"], "resultType": "complete",
                              "capabilities": {"tools": {"listChanged": True}}})
        elif method == "subscriptions/listen":
            self.head(200, "text/event-stream")
            told = {"io.modelcontextprotocol/subscriptionId": rpc["id"]}
            self.event({"jsonrpc": "2.0", "method": "notifications/subscriptions/acknowledged",
                        "params": {"_meta": told, "notifications": {"toolsListChanged": True}}})
            with answered:
                answers["listens"] = True
                answered.notify_all()
                answered.wait_for(lambda: "called" in answers, 60)
                self.event({"jsonrpc": "2.0", "method": "notifications/tools/list_changed",
                            "params": {"_meta": told}})
                answers["told"] = True
                answered.notify_all()
                answered.wait_for(lambda: False, 60)
        elif method == "tools/list":
            tools = TOOLS + [dict(TOOLS[0], name="fresh")] if "called" in answers else TOOLS
            self.result(rpc, {"tools": tools, "resultType": "complete"})
        else:
            with answered:
                answered.wait_for(lambda: "listens" in answers, 60)
                answers["called"] = True
                answered.notify_all()
                answered.wait_for(lambda: "told" in answers, 60)
            self.result(rpc, dict(text("one more"), resultType="complete"))

    def at_forgets(self, rpc):
        """Knows each session for one list of tools."""
        if self.old(rpc, f"s-{sessions['forgets']}"):
            if rpc.get("method") == "tools/list" and sessions["forgets"] == 0:
                sessions["forgets"] = 1
        else:
            self.result(rpc, text("remembered"))

    def at_breaks(self, rpc):
        if not self.old(rpc, "s-2"):
            answers["breaks"] = rpc["id"]
            self.head(200, "text/event-stream")
            self.wfile.write(b"retry: 100\n")
            self.event(None, "e-7")

    def torn(self, number):
        """An event, and a connection that is lost before the length it named."""
        self.head(200, "text/event-stream", 900)
        self.wfile.write(b"retry: 100\n")
        self.event(None, number)

    def at_tears(self, rpc):
        if not self.old(rpc, "s-4"):
            answers["tears"] = rpc["id"]
            self.torn(1)

    def at_elicits(self, rpc):
        if self.old(rpc, "s-3"):
            return
        self.head(200, "text/event-stream")
        self.event({"jsonrpc": "2.0", "id": "q", "method": "elicitation/create",
                    "params": {"message": "sure?",
                               "requestedSchema": {"type": "object", "properties": {}}}})
        with answered:
            answered.wait_for(lambda: "q" in answers, 60)
        self.event({"jsonrpc": "2.0", "id": rpc["id"],
                    "result": text("you " + str(answers.get("q", {}).get("action")))})

    def at_redirect(self, rpc):
        self.head(307, length=0, Location=f"http://localhost:{self.server.server_port}/stolen")

    at_stolen = at_modern

    def at_refuses(self, rpc):
        self.error(rpc, 401, "who are you?")

    def at_oauth(self, rpc):
        at = "https://tools.example/.well-known/oauth-protected-resource"
        self.error(rpc, 401, "log in", WWW_Authenticate=f'Bearer resource_metadata="{at}"')

    def at_older(self, rpc):
        self.head(405, length=0, Allow="GET")

    def at_greets(self, rpc):
        self.wfile.write(b"220 here is another protocol\r\n")
        self.close_connection = True

    def at_nothing(self, rpc):
        self.head(404, "text/html", 5)
        self.wfile.write(b"<html")

    def at_page(self, rpc):
        if not self.modern(rpc):
            self.head(200, "text/html", 6)
            self.wfile.write(b"<html>")

    def at_took(self, rpc):
        if not self.modern(rpc):
            self.head(202, length=0)

    def at_other(self, rpc):
        if not self.modern(rpc):
            self.json({"jsonrpc": "2.0", "id": 999, "result": text("for another")})

    def at_rubbish(self, rpc):
        if not self.modern(rpc):
            self.head(200, "application/json", 9)
            self.wfile.write(b"{\"jsonrpc")

    def at_short(self, rpc):
        if not self.modern(rpc):
            self.head(200, "application/json", 900)
            self.wfile.write(b"{\"jsonrpc")

    def at_ends(self, rpc):
        if not self.modern(rpc):
            self.head(200, "text/event-stream")
            self.event({"jsonrpc": "2.0", "method": "notifications/message", "params": {}})

    def pour(self, kind, start, again):
        self.head(200, kind)
        try:
            self.wfile.write(start)
            while True:
                self.wfile.write(again)
        except OSError:
            LOG.write(f"closed {self.path}\n")

    def at_silent(self, rpc):
        if not self.modern(rpc):
            self.head(200, "text/event-stream")
            self.wfile.flush()
            while self.rfile.read(1):
                pass
            LOG.write(f"closed {self.path}\n")

    def at_comments(self, rpc):
        if not self.modern(rpc):
            self.pour("text/event-stream", b"", b": alive\n\n")

    def at_flood(self, rpc):
        if not self.modern(rpc):
            self.pour("text/event-stream", b"",
                      b'data: {"jsonrpc":"2.0","method":"notifications/x"}\n\n')

    def at_pings(self, rpc):
        """Asks for more and more, and takes no answer."""
        if "method" not in rpc:
            while self.rfile.read(1):
                pass
        elif not self.modern(rpc):
            self.pour("text/event-stream", b"",
                      b'data: {"jsonrpc":"2.0","id":"p","method":"ping"}\n\n')

    def at_huge(self, rpc):
        if not self.modern(rpc):
            self.pour("application/json", b'{"jsonrpc":"', b"a" * 65536)

    def at_line(self, rpc):
        if not self.modern(rpc):
            self.pour("text/event-stream", b"data: ", b"a" * 65536)

    # Requests ------------------------------------------------------------------------

    def do_POST(self):
        rpc = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.note(rpc.get("method", "answer"))
        try:
            getattr(self, "at_" + self.path.strip("/"))(rpc)
        except OSError:
            pass

    def do_GET(self):
        self.note("-")
        if self.path == "/breaks" and self.headers.get("last-event-id") == "e-7":
            self.head(200, "text/event-stream")
            self.event({"jsonrpc": "2.0", "id": answers["breaks"],
                        "result": text("here is the rest")}, "e-8")
        elif self.path == "/tears" and self.headers.get("last-event-id") in ("1", "2"):
            self.torn(int(self.headers["last-event-id"]) + 1)
        elif self.path == "/tears" and self.headers.get("last-event-id") == "3":
            self.head(200, "text/event-stream")
            self.event({"jsonrpc": "2.0", "id": answers["tears"],
                        "result": text("mended")}, "4")
        else:
            self.head(405, length=0)

    def do_DELETE(self):
        self.note("-")
        self.head(200, length=0)


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
# At the second port no connection is taken: those in its queue are not, and it is full.
full = socket.socket()
full.bind(("127.0.0.1", 0))
full.listen(0)
queue = [socket.socket() for _ in range(4)]
for s in queue:
    s.setblocking(False)
    s.connect_ex(full.getsockname())
print(server.server_port, full.getsockname()[1], flush=True)
sys.stdin.read()
os._exit(0)
