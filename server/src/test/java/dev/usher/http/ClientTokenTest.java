package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTokenTest {
    private static final String ID = "client_0aZ9aaaaaaaaaaaaaaaaaaaaaaa";
    private static final String SECRET = "0aZ9_-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    @Test
    void isAnIdAndASecret() {
        ClientToken token = ClientToken.parse(ID + "." + SECRET).orElseThrow();
        assertThat(token.clientId()).isEqualTo(ID);
        assertThat(token.secret().reveal()).isEqualTo(SECRET);
        assertThat(token.reveal()).isEqualTo(ID + "." + SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "client_",
                ID,
                ID + ".",
                ID + SECRET,
                ID + "_" + SECRET,
                ID + "." + SECRET + "a",
                ID + "a." + SECRET,
                "Client_0aZ9aaaaaaaaaaaaaaaaaaaaaaa." + SECRET,
                "client_0aZ9aaaaaaaaaaaaaaaaaaaaaa-." + SECRET,
                "client_0aZ9aaaaaaaaaaaaaaaaaaaaaa_." + SECRET,
                "client_0aZ9aaaaaaaaaaaaaaaaaaaaaaé." + SECRET,
                ID + ".0aZ9_-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.a",
                ID + ".0aZ9_-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa a",
                ID + ".0aZ9_-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\na"
            })
    void isNothingElse(String text) {
        assertThat(ClientToken.parse(text)).isEmpty();
    }
}
