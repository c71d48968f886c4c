package dev.usher.checks.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import dev.usher.checks.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random organizations, roles, permissions and features: what @clerk/backend concludes from the tokens, and clerk-js from the
 * active organization, is what the database grants. The database is asked through the memberships that the Frontend API shows.
 */
class AuthorityTest {
    private static final int ORGANIZATIONS = 50;
    private static final int ROLES = 8;
    private static final List<String> FEATURES =
            List.of("dashboard", "teams", "invoices", "audit_log", "sso", "exports");
    private static final List<String> ACTIONS = List.of("read", "write", "manage", "delete", "approve");

    /** What an instance declares. */
    private record Plan(Map<String, Set<String>> roles, List<String> organizationFeatures, List<String> userFeatures) {
        static Plan random(Random random) {
            Map<String, Set<String>> roles = IntStream.range(0, ROLES)
                    .boxed()
                    .collect(Collectors.toMap(i -> "org:role" + i, i -> some(permissions(), random)));
            return new Plan(roles, List.copyOf(some(FEATURES, random)), List.copyOf(some(FEATURES, random)));
        }

        private static Set<String> some(List<String> all, Random random) {
            int oneIn = 1 + random.nextInt(5);
            return all.stream()
                    .filter(one -> random.nextInt(oneIn) == 0)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        String yaml() {
            StringBuilder yaml = new StringBuilder("instance:\n  session-token: {lifetime: 1h}\n");
            yaml.append("  organizations:\n    enabled: true\n");
            yaml.append("    maximum-per-user: 0\n    permissions:\n");
            permissions()
                    .forEach(key -> yaml.append("      - key: ").append(key).append('\n'));
            yaml.append("    roles:\n");
            roles.forEach((key, granted) -> yaml.append("      - key: ")
                    .append(key)
                    .append("\n        permissions: [")
                    .append(granted.stream().map(one -> '"' + one + '"').collect(Collectors.joining(", ")))
                    .append("]\n"));
            yaml.append("  features:\n    organization: ").append(organizationFeatures);
            yaml.append("\n    user: ").append(userFeatures);
            return yaml.append("\n  plans: {user: free, organization: business}\n")
                    .toString();
        }
    }

    private static List<String> permissions() {
        return FEATURES.stream()
                .flatMap(feature -> ACTIONS.stream().map(action -> "org:" + feature + ":" + action))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> ofTheFirstInstance() throws IOException {
        return grantsWhatTheDatabaseGrants(1);
    }

    @TestFactory
    Stream<DynamicTest> ofTheSecondInstance() throws IOException {
        return grantsWhatTheDatabaseGrants(2);
    }

    @TestFactory
    Stream<DynamicTest> ofTheThirdInstance() throws IOException {
        return grantsWhatTheDatabaseGrants(3);
    }

    @TestFactory
    Stream<DynamicTest> ofTheFourthInstance() throws IOException {
        return grantsWhatTheDatabaseGrants(4);
    }

    private static Stream<DynamicTest> grantsWhatTheDatabaseGrants(long seed) throws IOException {
        Random random = new Random(seed);
        Plan plan = Plan.random(random);
        UsherProcess process =
                UsherProcess.plan().inMemory().config(plan.yaml()).start();
        RunningUsher usher = RunningUsher.around(process);
        Path file = Launcher.temporaryFolder().resolve("members.json");
        Person person = Person.fresh();
        List<Map<String, Object>> members = members(usher, person, plan, random);
        assertThat(members).hasSize(ORGANIZATIONS);
        Files.writeString(file, Wire.text(known(plan, members)));
        Map<String, String> forNode = Map.of(
                "MEMBERS", file.toString(), "MEMBER_EMAIL", person.email(), "MEMBER_PASSWORD", person.password());
        Stream<DynamicTest> onServers = NodeChecks.of("has.test.mjs", usher, forNode);
        Stream<DynamicTest> inBrowsers = NodeChecks.of("has-in-browser.test.mjs", usher, forNode);
        return Stream.concat(onServers, inBrowsers).onClose(() -> {
            process.close();
            usher.witness().assertClean();
        });
    }

    private static JsonNode known(Plan plan, List<Map<String, Object>> members) {
        Map<String, Object> names = Map.of(
                "roles",
                plan.roles().keySet(),
                "permissions",
                permissions(),
                "features",
                FEATURES,
                "plans",
                List.of("free", "business", "enterprise"));
        return JsonMapper.shared().valueToTree(Map.of("known", names, "members", members));
    }

    private static List<Map<String, Object>> members(RunningUsher usher, Person person, Plan plan, Random random) {
        Fapi owner = usher.browser();
        owner.signUp(Person.fresh());
        Fapi member = usher.browser();
        String session = member.signUp(person);
        String userId = member.get("/v1/me").string("/response/id");
        List<String> roles = List.copyOf(new TreeSet<>(plan.roles().keySet()));
        for (int i = 0; i < ORGANIZATIONS; i++) {
            String organization = Fapi.require(owner.post("/v1/organizations", "name", "Organization " + i))
                    .string("/response/id");
            Fapi.require(owner.post(
                    "/v1/organizations/" + organization + "/memberships",
                    "user_id",
                    userId,
                    "role",
                    roles.get(random.nextInt(roles.size()))));
        }
        Answer list = Fapi.require(member.get("/v1/me/organization_memberships?limit=" + ORGANIZATIONS));
        return list.at("/response/data")
                .valueStream()
                .map(membership -> member(member, session, membership, plan))
                .toList();
    }

    private static Map<String, Object> member(Fapi caller, String session, JsonNode membership, Plan plan) {
        String organization = membership.at("/organization/id").asString();
        String jwt = Fapi.require(
                        caller.post("/v1/client/sessions/" + session + "/tokens", "organization_id", organization))
                .string("/jwt");
        List<String> granted = membership
                .path("permissions")
                .valueStream()
                .map(JsonNode::asString)
                .filter(key -> !key.startsWith("org:sys_"))
                .toList();
        return Map.of(
                "organization",
                organization,
                "role",
                membership.path("role").asString(),
                "permissions",
                granted,
                "features",
                features(plan, granted),
                "plans",
                List.of("free", "business"),
                "jwt",
                jwt);
    }

    /** What is declared, and what the member's permissions are about. */
    private static Set<String> features(Plan plan, List<String> granted) {
        List<String> all = new ArrayList<>(plan.organizationFeatures());
        all.addAll(plan.userFeatures());
        granted.forEach(key -> all.add(key.split(":", 3)[1]));
        return new TreeSet<>(all);
    }
}
