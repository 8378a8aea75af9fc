#!/usr/bin/env python3
"""browser.py PAGE FILE FOLDER: reads an exported page as people do, in Chromium.

Loads it, scrubs, searches, prints, looks at it in the dark and without its
script. Talks to the browser over its debugging pipe: JSON with a NUL behind
each message, on its descriptors 3 (to it) and 4. Says what is wrong and ends
with 1. FILE is one of the session's, as it is now; FOLDER is for the browser's
profile."""

import base64
import json
import os
import select
import sys

LIMIT_S = 60


class Browser:
    def __init__(self, profile):
        to_it, self.out = os.pipe()
        self.inp, from_it = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            to_it, from_it = os.dup2(to_it, 103), os.dup2(from_it, 104)
            os.dup2(to_it, 3)
            os.dup2(from_it, 4)
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 1)
            os.dup2(null, 2)
            os.execvp("chromium", ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                                   "--disable-background-networking", "--remote-debugging-pipe",
                                   "--user-data-dir=" + profile])
        os.close(to_it)
        os.close(from_it)
        self.n, self.rest, self.session, self.events = 0, b"", None, []

    def read(self):
        while b"\0" not in self.rest:
            if not select.select([self.inp], [], [], LIMIT_S)[0]:
                sys.exit("the browser does not answer")
            more = os.read(self.inp, 1 << 20)
            if not more:
                sys.exit("the browser ended")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def do(self, method, **params):
        self.n += 1
        message = {"id": self.n, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            got = self.read()
            if got.get("id") == self.n:
                if "error" in got:
                    sys.exit("%s: %s" % (method, got["error"]["message"]))
                return got["result"]
            self.events.append(got)

    def wait(self, method):
        while not any(e.get("method") == method for e in self.events):
            self.events.append(self.read())

    def open(self, url):
        self.events = []
        self.do("Page.navigate", url=url)
        self.wait("Page.loadEventFired")

    def js(self, code):
        got = self.do("Runtime.evaluate", expression=code, returnByValue=True)
        if "exceptionDetails" in got:
            sys.exit("%s: %s" % (code, got["exceptionDetails"]["text"]))
        return got["result"].get("value")


def check(ok, what):
    if not ok:
        sys.exit("the page: " + what)


def quiet(b):
    """No word on the console, no exception, and nobody else was asked for anything."""
    for e in b.events:
        check(e.get("method") not in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"), str(e))
        if e.get("method") == "Network.requestWillBeSent":
            asked = e["params"]["request"]["url"]
            check(asked.startswith(("file:///", "data:")), "it asks for " + asked)


def main(page, path, profile):
    b = Browser(profile)
    target = b.do("Target.createTarget", url="about:blank")["targetId"]
    b.session = b.do("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Runtime", "Log", "Network"):
        b.do(domain + ".enable")
    b.open("file://" + page)

    # Scrub: the last state equals the file on disk, the first one does not.
    def at(n):
        b.js("(function () { var at = document.getElementById('at'), which = document.getElementById('which');"
             " at.value = %d; at.dispatchEvent(new Event('input'));"
             " which.value = %s; which.dispatchEvent(new Event('change')); })()" % (n, json.dumps(path)))
        return b.js("[].map.call(document.querySelectorAll('#text td.src'),"
                    " function (td) { return td.textContent + '\\n'; }).join('')")
    last = int(b.js("document.getElementById('at').max"))
    check(last > 3, "the scrubber goes to %d" % last)
    begin, end = at(0), at(last)
    check(end == open(path).read(), "at its end %s is another one than on disk" % path)
    check(begin != end, "the scrubber changes nothing")
    at(last // 2)
    b.js("document.getElementById('next').click()")
    check(int(b.js("document.getElementById('at').value")) > last // 2, "the button goes nowhere")

    # Search, as with the browser's own search.
    check(b.js("window.find('666 checks')"), "the verdict is not found")
    check(not b.js("window.find('words that are nowhere in it')"), "anything is found")

    # Print.
    pdf = base64.b64decode(b.do("Page.printToPDF")["data"])
    check(pdf.startswith(b"%PDF") and len(pdf) > 10000, "it prints %d bytes" % len(pdf))
    check(b.js("document.querySelectorAll('details:not([open])').length") ==
          b.js("document.querySelectorAll('.answer details:not([open]), details.answer:not([open])').length"),
          "what is folded is not printed")

    # The dark scheme differs from the light one.
    def colours(scheme):
        b.do("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        return b.js("(function (s) { return s.backgroundColor + s.color; })(getComputedStyle(document.body))")
    check(colours("dark") != colours("light"), "it is not dark in the dark")
    quiet(b)

    # Without its script the page is still complete.
    b.do("Emulation.setScriptExecutionDisabled", value=True)
    b.open("file://" + page)
    text = b.js("document.body.innerText")
    for words in ("WIDTH'(1)", "666 checks", "note"):
        check(words in text, "without its script it lacks " + words)
    quiet(b)
    b.session = None
    b.do("Browser.close")
    os.waitpid(b.pid, 0)


main(os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3])
