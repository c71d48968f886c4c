package dev.usher.doctor;

import dev.usher.instance.Instance;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a development instance has noticed of its apps, as a page without a script. */
final class DoctorPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Instance instance;
    private final Instant now;
    private final String version;

    DoctorPage(Instance instance, Instant now, String version) {
        this.instance = instance;
        this.now = now;
        this.version = version;
    }

    String of(List<Incident> incidents) {
        return HEAD + summary(incidents) + findings(incidents) + handshakes(incidents) + facts() + FOOT;
    }

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Doctor · Usher</title>
            <link rel="icon" href="/_usher/assets/favicon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/_usher/assets/app.css">
            <link rel="stylesheet" href="/_usher/assets/doctor.css">
            </head>
            <body class="doctor-page">
            <a class="skip" href="#main">Skip to the findings</a>
            <header class="bar">
            <a class="brand" href="/"><img src="/_usher/assets/favicon.svg" alt="" width="32" height="32"><span>Usher</span></a>
            <span class="chip">development</span>
            <nav aria-label="Tools"><a class="quiet-button" href="/">Sign-in page</a><a class="quiet-button" href="/_usher/inbox">Inbox</a></nav>
            </header>
            <main id="main" class="doctor" tabindex="-1">
            """;

    private static final String FOOT = """
            </main>
            <footer class="foot"><span>Also as JSON:</span><a href="/_usher/doctor.json">/_usher/doctor.json</a></footer>
            </body>
            </html>
            """;

    private static String summary(List<Incident> incidents) {
        String verdict = incidents.isEmpty()
                ? "Nobody has called yet"
                : verdict(byFault(incidents).keySet());
        return """
                <div class="doctor-head">
                <div><h1>%s</h1>
                <p class="muted">What apps asked of this server in the last 15 minutes. <a href="/_usher/doctor">Look again</a></p></div>
                <p class="prescription">More is found beside the app: <code>usher doctor --env-file .env --app http://localhost:3000</code></p>
                </div>
                """.formatted(verdict);
    }

    private static String verdict(Set<Fault> found) {
        long warnings = found.stream().filter(Fault::isWarning).count();
        long faults = found.size() - warnings;
        if (faults == 1) return "One thing is wrong";
        if (faults > 1) return faults + " things are wrong";
        return warnings == 0 ? "Nothing is wrong here" : "Nothing is wrong, but look at this";
    }

    private static Map<Fault, List<Incident>> byFault(List<Incident> incidents) {
        Map<Fault, List<Incident>> all = new LinkedHashMap<>();
        for (boolean warning : new boolean[] {false, true})
            incidents.forEach(one -> one.fault()
                    .filter(fault -> fault.isWarning() == warning)
                    .ifPresent(fault ->
                            all.computeIfAbsent(fault, f -> new ArrayList<>()).add(one)));
        return all;
    }

    private static String findings(List<Incident> incidents) {
        return byFault(incidents).entrySet().stream()
                .map(entry -> finding(entry.getKey(), entry.getValue()))
                .collect(
                        Collectors.joining("\n", "<section class=\"findings\" aria-label=\"Findings\">", "</section>"));
    }

    private static String finding(Fault fault, List<Incident> seen) {
        String where = seen.stream()
                .limit(5)
                .map(one -> "<li><code>%s</code> %s <span class=\"muted\">%s, last at %s UTC</span></li>"
                        .formatted(
                                escaped(one.reason()),
                                one.origin().isEmpty()
                                        ? "under <b>" + escaped(one.host()) + "</b>"
                                        : "for <b>" + escaped(one.origin()) + "</b>",
                                one.count() == 1 ? "once" : one.count() + " times",
                                TIME.format(one.last())))
                .collect(Collectors.joining());
        return """
                <article class="finding %s"><h2>%s</h2><p>%s</p><p class="mend"><b>Mend it:</b> %s</p><ul>%s</ul></article>
                """.formatted(
                        fault.isWarning() ? "warning" : "fault",
                        escaped(fault.id().replace('-', ' ')),
                        escaped(fault.means()),
                        escaped(fault.mend()),
                        where);
    }

    private static String handshakes(List<Incident> incidents) {
        String rows = incidents.stream()
                .filter(one -> one.ending() != Incident.Ending.REFUSED)
                .limit(20)
                .map(one -> "<tr><td>%s</td><td><code>%s</code></td><td>%s</td><td>%d</td><td>%s</td></tr>"
                        .formatted(
                                TIME.format(one.last()),
                                escaped(one.reason()),
                                escaped(one.origin()),
                                one.count(),
                                one.ending() == Incident.Ending.CUT ? "circle cut" : "answered"))
                .collect(Collectors.joining("\n"));
        String table = """
                <div class="scroll"><table><thead><tr><th>Last (UTC)</th><th>Reason</th><th>Page</th><th>Times</th><th>Ended</th></tr></thead>
                <tbody>%s</tbody></table></div>
                """.formatted(rows);
        return "<section><h2>Last handshakes</h2>"
                + (rows.isEmpty()
                        ? "<p class=\"muted\">None. Pages that a server renders ask by a handshake who is signed in.</p>"
                        : table)
                + "</section>";
    }

    private String facts() {
        return """
                <section><h2>What an app has to know</h2><dl class="doctor-facts">
                <dt>Publishable key</dt><dd><code>%s</code></dd>
                <dt>Address</dt><dd><code>%s</code></dd>
                <dt>Issuer of tokens</dt><dd><code>%s</code></dd>
                <dt>Clock</dt><dd><time datetime="%s">%s UTC</time></dd>
                <dt>Version</dt><dd>%s</dd>
                </dl></section>
                """.formatted(
                        escaped(instance.publishableKey()),
                        escaped(instance.publicUrl()),
                        escaped(instance.issuer()),
                        now,
                        TIME.format(now),
                        escaped(version));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
