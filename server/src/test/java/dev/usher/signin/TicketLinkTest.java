package dev.usher.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.Secret;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketLinkTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.example/x, https://a.example/x?__clerk_ticket=t&__clerk_status=sign_in",
        "https://a.example/x?y=1, https://a.example/x?y=1&__clerk_ticket=t&__clerk_status=sign_in",
        "https://a.example/#/join, https://a.example/?__clerk_ticket=t&__clerk_status=sign_in#/join",
        "https://a.example/?y#z?, https://a.example/?y&__clerk_ticket=t&__clerk_status=sign_in#z?"
    })
    void aTicketStandsBeforeTheFragment(String url, String expected) {
        assertThat(TicketRoutes.withTicket(url, Secret.of("t"), "sign_in")).isEqualTo(expected);
    }
}
