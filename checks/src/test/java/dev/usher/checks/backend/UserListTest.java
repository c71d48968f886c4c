package dev.usher.checks.backend;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of users: filters, order and parts. */
class UserListTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static final Map<String, String> IDS = new HashMap<>();

    /** Four users, made in this order and at these times. */
    @BeforeAll
    static void users() {
        make("ann", "Ann", "Smith", "+12015550101", "2020-01-01T00:00:00Z");
        make("bob", "Bob", "O'Neil", "+12015550102", "2020-01-02T00:00:00Z");
        make("cyd", "Cyd", "100% Sure_", "+12015550103", "2020-01-03T00:00:00Z");
        make("dan", "Dan", "Smithson", "+12015550104", "2020-01-04T00:00:00Z");
        usher.server().post("/v1/users/" + IDS.get("dan") + "/ban", "");
    }

    private static void make(String name, String first, String last, String phone, String createdAt) {
        Answer made = Fapi.require(
                usher.server().post("/v1/users", """
                {"external_id":"x-%s","username":"user_%s","first_name":"%s","last_name":"%s",
                 "email_address":["%s@example.com"],"phone_number":["%s"],"created_at":"%s",
                 "skip_password_requirement":true}
                """.formatted(name, name, first, last, name, phone, createdAt)));
        IDS.put(name, made.string("/id"));
    }

    private final Bapi server = usher.server();

    private static String withIds(String query) {
        String result = query;
        for (var entry : IDS.entrySet()) result = result.replace("{" + entry.getKey() + "}", entry.getValue());
        return result;
    }

    private List<String> names(String query) {
        List<String> names = new ArrayList<>();
        Fapi.require(server.get("/v1/users?" + withIds(query)))
                .json()
                .forEach(user -> names.add(user.path("username").asString().substring(5)));
        return names;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order_by=created_at|ann bob cyd dan",
                "|dan cyd bob ann",
                "email_address=ann@example.com|ann",
                "email_address=ANN@example.com&email_address=bob@example.com&email_address=no@example.com|bob ann",
                "phone_number=%2B12015550103|cyd",
                "username=user_bob&username=USER_DAN|dan bob",
                "user_id={ann}|ann",
                "user_id=%2B{ann}&user_id={bob}|bob ann",
                "user_id=-{ann}&user_id=-{bob}|dan cyd",
                "external_id=x-cyd|cyd",
                "external_id=-x-cyd|dan bob ann",
                "user_id=user_nobody|",
                "query=smith|dan ann",
                "query=ANN|ann",
                "query=ann%20smi|ann",
                "query=example.com|dan cyd bob ann",
                "query=5550102|bob",
                "query={cyd}|cyd",
                "query=o%27neil|bob",
                "query=100%25|cyd",
                "query=sure_|cyd",
                "query=%25|cyd",
                "email_address_query=AN@|dan",
                "email_address_query=bob|bob",
                "phone_number_query=0101|ann",
                "username_query=R_B|bob",
                "name_query=smith|dan ann",
                "name_query=user_|",
                "banned=true|dan",
                "banned=false|cyd bob ann",
                "created_at_after=1577923200000|dan cyd",
                "created_at_before=1577923200000|ann",
                "last_sign_in_at_after=0|",
                "last_active_at_since=0|",
                "web3_wallet=0x1|",
                "query=smith&banned=false|ann",
                "organization_id=org_nobody|",
                "organization_id=-org_nobody|dan cyd bob ann",
                "order_by=-username|dan cyd bob ann",
                "order_by=%2Busername|ann bob cyd dan",
                "order_by=+username|ann bob cyd dan",
                "order_by=email_address|ann bob cyd dan",
                "order_by=-phone_number|dan cyd bob ann",
                "order_by=last_name|cyd bob ann dan",
                "order_by=-first_name&order_by=created_at|dan cyd bob ann",
                "limit=2|dan cyd",
                "limit=2&offset=1|cyd bob",
                "limit=2&offset=4|",
                "starting_after={cyd}|bob ann",
                "starting_after={bob}&order_by=created_at&limit=1|cyd",
                "starting_after={ann}|",
            })
    void fits(String query, String expected) {
        String asked = query == null ? "" : query;
        List<String> wanted = expected == null ? List.of() : List.of(expected.split(" "));
        assertThat(names(asked)).isEqualTo(wanted);
        if (asked.contains("limit") || asked.contains("offset") || asked.contains("starting_after")) return;
        assertThat(server.get("/v1/users/count?" + withIds(asked)))
                .isOk()
                .has("/object", "total_count")
                .has("/total_count", String.valueOf(wanted.size()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0|form_param_value_invalid|limit",
                "limit=501|form_param_value_invalid|limit",
                "limit=ten|form_param_format_invalid|limit",
                "offset=-1|form_param_value_invalid|offset",
                "order_by=password|form_param_value_invalid|order_by",
                "order_by=-|form_param_value_invalid|order_by",
                "banned=maybe|form_param_value_invalid|banned",
                "created_at_after=yesterday|form_param_format_invalid|created_at_after",
                "starting_after=user_nobody|form_resource_not_found|starting_after",
                "starting_after={ann}&offset=1|form_param_value_invalid|offset",
                "starting_after={ann}&order_by=username|form_param_value_invalid|order_by",
            })
    void whatCannotBeAskedIsRefused(String query, String code, String param) {
        assertThat(server.get("/v1/users?" + withIds(query))).isRefused(422, code, param);
    }

    @Test
    void aFilterTakesAHundredValuesAndNoMore() {
        String hundred = "user_id={ann}" + "&user_id=user_nobody".repeat(99);
        assertThat(names(hundred)).containsExactly("ann");
        assertThat(server.get("/v1/users?" + withIds(hundred + "&user_id=user_nobody")))
                .isRefused(422, "form_param_value_invalid", "user_id");
    }

    @Test
    void aPartIsABareArrayOfTenUnlessAskedOtherwise() {
        for (int i = 0; i < 8; i++) Fapi.require(server.post("/v1/users", """
                    {"username":"user_zz%d","created_at":"2019-01-01T00:00:00Z","skip_password_requirement":true}
                    """.formatted(i)));
        assertThat(server.get("/v1/users").json().isArray()).isTrue();
        assertThat(server.get("/v1/users").json()).hasSize(10);
        assertThat(server.get("/v1/users?limit=500").json()).hasSize(12);
        String gone = Wire.encoded("zz");
        names("username_query=" + gone + "&limit=500");
        for (var user : server.get("/v1/users?username_query=zz&limit=500").json())
            server.delete("/v1/users/" + user.path("id").asString());
    }
}
