package dev.usher.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.AddressBlock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
    private static final Reach PRODUCTION = new Reach(List.of(), false);
    private static final Reach DEVELOPMENT = new Reach(List.of(), true);

    /** As the system reads it: decimal, octal-looking and short forms too. */
    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.1.2.3",
                "127.1",
                "2130706433",
                "169.254.169.254",
                "169.254.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::7f00:1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a00:1",
                "100::1",
                "2001::1",
                "2001:0:a00:1::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::",
                "3fff::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1",
                "5f00::1"
            })
    void addressesThatAreNotPublicAreNotCalled(String text) throws UnknownHostException {
        assertThat(PRODUCTION.allows(address(text), true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "2001:4860::8888"
            })
    void publicAddressesAreCalledAndNeverInTheClear(String text) throws UnknownHostException {
        assertThat(PRODUCTION.allows(address(text), true)).isTrue();
        assertThat(PRODUCTION.allows(address(text), false)).isFalse();
        assertThat(DEVELOPMENT.allows(address(text), false)).isFalse();
    }

    @Test
    void developmentCallsThisMachineAndNoOtherPrivateOne() throws UnknownHostException {
        assertThat(DEVELOPMENT.allows(address("127.0.0.1"), false)).isTrue();
        assertThat(DEVELOPMENT.allows(address("::1"), true)).isTrue();
        assertThat(DEVELOPMENT.allows(address("10.0.0.1"), true)).isFalse();
        assertThat(DEVELOPMENT.allows(address("169.254.169.254"), false)).isFalse();
    }

    @Test
    void allowedBlocksAreCalledAlsoInTheClear() throws UnknownHostException {
        Reach reach = new Reach(
                AddressBlock.parseAll(List.of("10.1.0.0/16", "fd00::/8")).orElseThrow(), false);
        assertThat(reach.allows(address("10.1.2.3"), false)).isTrue();
        assertThat(reach.allows(address("::ffff:10.1.2.3"), false)).isTrue();
        assertThat(reach.allows(address("fd00::5"), true)).isTrue();
        assertThat(reach.allows(address("10.2.0.1"), true)).isFalse();
    }
}
