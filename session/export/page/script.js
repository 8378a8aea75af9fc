/* The replay in the page of `posedge export --html`. Constant, like the
 * style. It reads the element "data" and writes text, never markup. 84 and 906
 * are the left end and the length of the strip in html_strip(). */
"use strict";
(function () {
var data = JSON.parse(document.getElementById("data").textContent);
var moments = data.moments, versions = data.versions, timer = 0;
function id(name) { return document.getElementById(name); }
addEventListener("beforeprint", function () {
	document.querySelectorAll("details").forEach(function (d) { if (!d.closest(".answer")) d.open = true; });
});
if (!moments.length) return;
var at = id("at"), which = id("which"), cursor = id("cursor"), last = "";
var paths = versions.map(function (v) { return v.path; }).filter(function (p, i, all) { return all.indexOf(p) === i; });
paths.forEach(function (p) {
	var o = document.createElement("option");
	o.value = o.textContent = p;
	which.appendChild(o);
});
which.parentNode.style.display = paths.length ? "" : "none";
function cell(row, kind, text) {
	var td = document.createElement("td");
	td.className = kind;
	td.textContent = text;
	row.appendChild(td);
}
function lines(v) {
	var l = v ? v.text.split("\n") : [];
	if (l.length && l[l.length - 1] === "") l.pop();
	return l;
}
/* The version that held at moment n, and the one before it. */
function held(path, n) {
	var now = null, before = null;
	versions.forEach(function (v) {
		if (v.path === path && v.at <= n) { before = now; now = v; }
	});
	return [now, before];
}
function draw(m) {
	var pair = held(which.value, m.n), v = pair[0], table = id("text"), old = {}, key = which.value + " " + (v ? v.at : 0);
	var classes = { u: "au", m: "am", "*": "ab", o: "ao", " ": "an" };
	if (key === last) return;
	last = key;
	lines(pair[1]).forEach(function (l) { old["$" + l] = (old["$" + l] || 0) + 1; });
	table.textContent = "";
	if (!v) {
		table.appendChild(document.createElement("tr"));
		cell(table.rows[0], "src", which.value ? "not changed yet" : "no file was changed");
		return;
	}
	lines(v).forEach(function (l, i) {
		var row = document.createElement("tr"), letter = v.letters[i] || " ", fresh = !(old["$" + l]-- > 0);
		row.className = classes[letter] + (fresh ? " fresh" : "");
		cell(row, "who", letter);
		cell(row, "no", String(i + 1));
		cell(row, "src", l);
		table.appendChild(row);
	});
	var first = table.querySelector(".fresh");
	if (first) table.parentNode.scrollTop = first.offsetTop - 60;
}
function show() {
	var i = Number(at.value), m = moments[i], n = moments.length;
	id("now").textContent = m.clock + "  " + m.text;
	id("thenlint").textContent = m.lint || "no lint yet";
	id("thensim").textContent = m.sim || "no simulation yet";
	at.setAttribute("aria-valuetext", (i + 1) + " of " + n + ", " + m.clock + ", " + m.text);
	var x = 84 + 906 * (n > 1 ? i / (n - 1) : 0.5);
	var box = id("stripbox");
	box.scrollLeft = box.scrollWidth * x / 1000 - box.clientWidth / 2;
	cursor.setAttribute("transform", "translate(" + x + " 0)");
	draw(m);
}
function go(step) {
	at.value = Number(at.value) + step;
	show();
}
function stop() {
	clearInterval(timer);
	timer = 0;
	id("play").textContent = "Play";
	id("play").setAttribute("aria-pressed", "false");
}
/* The file that a moment changes is the one that is shown. */
function follow() {
	var n = moments[Number(at.value)].n;
	versions.forEach(function (v) { if (v.at === n) which.value = v.path; });
}
at.max = moments.length - 1;
at.value = moments.length - 1;
/* The names of the lanes stay at the left edge of what is scrolled. */
id("stripbox").addEventListener("scroll", function () {
	id("lanes").setAttribute("transform", "translate(" + this.scrollLeft * 1000 / this.scrollWidth + " 0)");
});
at.addEventListener("input", function () { stop(); follow(); show(); });
which.addEventListener("change", show);
id("back").addEventListener("click", function () { stop(); go(-1); follow(); show(); });
id("next").addEventListener("click", function () { stop(); go(1); follow(); show(); });
id("play").addEventListener("click", function () {
	if (timer) { stop(); return; }
	if (Number(at.value) === moments.length - 1) at.value = 0;
	id("play").textContent = "Pause";
	id("play").setAttribute("aria-pressed", "true");
	timer = setInterval(function () {
		if (Number(at.value) === moments.length - 1) stop();
		else { go(1); follow(); show(); }
	}, 700);
	show();
});
id("replay").hidden = false;
at.closest(".rail").hidden = false;
cursor.setAttribute("visibility", "visible");
follow();
show();
})();
