package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.168.1.128/25, 192.168.1.129, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false",
        "10.0.0.0/8, localhost, false"
    })
    void anAddressIsInsideABlockOrNot(String block, String address, boolean inside) {
        assertThat(TrustedProxies.parse(List.of(block)).orElseThrow().contains(address))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8x", "", "::1/129", "10.0.0.0/-1"})
    void whatIsNoAddressAndNoBlockIsRefused(String text) {
        assertThat(TrustedProxies.parse(List.of(text))).isEmpty();
    }

    @Test
    void theCallerIsTheLastAddressThatIsNoneOfOurs() {
        TrustedProxies trusted = TrustedProxies.parse(List.of("10.0.0.0/8")).orElseThrow();
        assertThat(trusted.firstStranger(List.of("1.1.1.1", "2.2.2.2", "10.0.0.1")))
                .contains("2.2.2.2");
        assertThat(trusted.firstStranger(List.of("10.0.0.2", "10.0.0.1"))).contains("10.0.0.2");
        assertThat(trusted.firstStranger(List.of("1.1.1.1", "made up"))).isEmpty();
        assertThat(trusted.firstStranger(List.of())).isEmpty();
    }
}
