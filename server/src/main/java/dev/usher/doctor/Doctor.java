package dev.usher.doctor;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Looks at an app and the server that it is meant to use, and says what is wrong. Changes neither. */
public final class Doctor {
    private static final List<Check> CHECKS = Stream.of(EnvChecks.TABLE, ServerChecks.TABLE, AppChecks.TABLE)
            .flatMap(List::stream)
            .toList();

    private Doctor() {}

    /**
     * What to look at.
     *
     * @param files the app's environment files by name; one that does not exist is empty
     * @param appUrl a page of the app; without it the app is not visited
     * @param usherUrl the server; without it, where the environment says that it is
     * @param configurationFaults what is wrong with the server's own settings
     */
    public record Patient(
            Map<String, Optional<byte[]>> files,
            Optional<String> appUrl,
            Optional<String> usherUrl,
            List<String> configurationFaults) {}

    /** What was found, the worst first, each fault once. */
    public static List<Finding> examine(Patient patient) {
        List<AppEnv.File> files = patient.files().entrySet().stream()
                .map(file -> new AppEnv.File(file.getKey(), file.getValue()))
                .toList();
        try (Asking asking = new Asking()) {
            return findings(collect(asking, AppEnv.of(files), patient));
        }
    }

    private static Facts collect(Asking asking, AppEnv env, Patient patient) {
        Server server = Server.ask(asking, env, patient.usherUrl(), patient.appUrl());
        Facts known = new Facts(
                env, server, patient.appUrl(), Optional.empty(), Optional.empty(), patient.configurationFaults());
        Set<String> hosts = new HashSet<>();
        Stream.concat(known.serverUrls().stream(), patient.appUrl().stream())
                .forEach(url -> hosts.add(URI.create(url).getHost()));
        Optional<Visit> visit = patient.appUrl().map(url -> Visit.of(asking, url, hosts));
        Optional<Visit> signIn = visit.filter(made -> made.first().came())
                .flatMap(made -> env.any("CLERK_SIGN_IN_URL"))
                .flatMap(url -> resolved(patient.appUrl().orElseThrow(), url))
                .filter(url -> hosts.contains(URI.create(url).getHost()))
                .map(url -> Visit.of(asking, url, hosts));
        return new Facts(env, server, patient.appUrl(), visit, signIn, patient.configurationFaults());
    }

    private static Optional<String> resolved(String app, String url) {
        try {
            return Optional.of(URI.create(app).resolve(url).toString()).filter(Asking::isAddress);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static List<Finding> findings(Facts facts) {
        Map<Fault, Finding> found = new LinkedHashMap<>();
        CHECKS.forEach(check -> check.in(facts).ifPresent(finding -> merge(found, finding)));
        facts.incidents().forEach(one -> noticed(one).ifPresent(finding -> merge(found, finding)));
        List<Finding> sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparing(finding -> finding.fault().isWarning()));
        return sorted;
    }

    private static void merge(Map<Fault, Finding> found, Finding finding) {
        found.merge(
                finding.fault(), finding, (one, other) -> new Finding(one.fault(), one.seen() + "; " + other.seen()));
    }

    /** What the server has noticed itself. */
    private static Optional<Finding> noticed(JsonNode incident) {
        String id = incident.path("finding").asString("");
        return Stream.of(Fault.values())
                .filter(fault -> fault.id().equals(id))
                .findFirst()
                .map(fault -> new Finding(
                        fault,
                        "the server noticed %s for %s, %d×, last at %s"
                                .formatted(
                                        incident.path("reason").asString(""),
                                        incident.path("origin")
                                                .asString(incident.path("host").asString("")),
                                        incident.path("count").asLong(),
                                        Instant.ofEpochMilli(
                                                incident.path("last_at").asLong()))));
    }
}
