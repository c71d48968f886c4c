package dev.usher.checks.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses and origins that are nobody's but an attacker's, against the two redirects and the answers to pages. */
class HostileTargetTest {
    @RegisterExtension
    static final RunningUsher usher = Site.server();

    private static final String EVIL = "evil.invalid";
    /** What stands where a host is expected; {@code @} stands for the attacker's host. */
    private static final List<String> AUTHORITIES = List.of(
            "@",
            "@:443",
            "OWN.@",
            "OWN@@",
            "OWN:x@@",
            "OWN%40@",
            "OWN%2f@",
            "@\\OWN",
            "@%5cOWN",
            "OWN\\.@",
            "OWN\\@@",
            "OWN:80@@",
            "@#OWN",
            "@?OWN",
            "x@",
            "xOWN.@",
            "OWN..@",
            "OWN%00.@",
            "OWN%09.@",
            "OWN\t.@",
            "OWN\n@",
            "OWN。@",
            "OWN．@",
            "OWN/@@@",
            "[::ffff:1.2.3.4]",
            "0x01020304",
            "16909060",
            "1.2.3.4",
            "OWN.",
            "-OWN.@",
            "OWN_.@",
            "ＯWN");

    private static final List<String> SCHEMES = List.of(
            "https://",
            "http://",
            "//",
            "/\\",
            "https:/",
            "https:",
            "javascript://",
            "data:text/html,",
            "ftp://",
            "HTTPS:\\\\",
            " https://",
            "https:///",
            "ws://");

    static Stream<Site> sites() {
        return Stream.of(Site.development(usher), Site.live(usher));
    }

    /** Every scheme with every authority, for one site's own host. */
    private static Set<String> targets(String own) {
        Set<String> targets = new LinkedHashSet<>();
        for (String scheme : SCHEMES)
            for (String authority : AUTHORITIES) {
                String host =
                        authority.replace("@@", "\u0001").replace("@", EVIL).replace("\u0001", "@" + EVIL);
                targets.add(scheme + host.replace("OWN", own) + "/x");
            }
        // A fragment, a query or a path may say anything; those addresses are one's own.
        targets.removeIf(
                target -> target.startsWith("https://" + own + "/") || target.startsWith("http://" + own + "/"));
        return targets;
    }

    @BeforeAll
    static void startsWithEnoughOfThem() {
        assertThat(targets("localhost")).hasSizeGreaterThan(400);
        assertThat(origins("localhost")).hasSizeGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest
    @MethodSource("sites")
    void noRedirectLeadsThereAndNoAnswerRepeatsIt(Site site) {
        Visitor visitor = new Visitor(site);
        visitor.signUp(Person.fresh());
        List<String> followed = new ArrayList<>();
        for (String target : targets(site.origin().replaceFirst("https?://", "").replaceFirst(":\\d+", "")))
            for (String path :
                    List.of("/v1/client/handshake?format=nonce&redirect_url=", "/v1/client/touch?redirect_url=")) {
                Answer answer = visitor.get(path + Wire.encoded(target));
                boolean refused =
                        answer.status() == 422 && answer.header("location").isEmpty();
                if (!refused || answer.text().contains(EVIL)) followed.add(answer.status() + " " + target);
            }
        assertThat(followed).isEmpty();
    }

    private static List<String> origins(String own) {
        List<String> origins = new ArrayList<>();
        for (String authority : AUTHORITIES) {
            String host = authority.replace("@@", "." + EVIL).replace("@", EVIL).replace("OWN", own);
            if (host.chars().allMatch(one -> one > ' ' && one < 127)) {
                origins.add("https://" + host);
                origins.add("http://" + host);
            }
        }
        origins.addAll(List.of("null", "https://", "file://", "https://" + own + "." + EVIL, "HTTPS://" + EVIL));
        origins.remove("http://" + own);
        origins.remove("https://" + own);
        return origins;
    }

    @Test
    void aForeignOriginIsRefusedInProductionAndMayReadNothing() {
        Site live = Site.live(usher);
        List<String> allowed = new ArrayList<>();
        for (String origin : origins("app.example.com"))
            for (Call call : List.of(
                    Call.of("GET", "/v1/client"),
                    Call.of("POST", "/v1/client/sign_ins"),
                    Call.of("OPTIONS", "/v1/client"))) {
                Answer answer = live.send(call.with("Origin", origin));
                boolean silent = answer.header("access-control-allow-origin").isEmpty()
                        && !answer.text().contains(EVIL);
                if (answer.status() != 400 || !silent) allowed.add(answer.status() + " " + call + " " + origin);
            }
        assertThat(allowed).isEmpty();
    }
}
