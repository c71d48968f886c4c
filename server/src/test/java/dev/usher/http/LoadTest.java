package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.Figure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Places for requests: many, but not without end, and the last ones are not for sign-ins. */
class LoadTest {
    private static final String MINT = "/v1/client/sessions/sess_1/tokens";
    private static final String SIGN_IN = "/v1/client/sign_ins";

    private final Load load = new Load();
    private final Deque<Load.Place> taken = new ArrayDeque<>();

    private boolean enters(String path) {
        Optional<Load.Place> place = load.enter(new Exchanges.Bare(path, ""));
        place.ifPresent(taken::push);
        return place.isPresent();
    }

    private double figure(String name) {
        return load.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .map(Figure::value)
                .findFirst()
                .orElseThrow()
                .getAsDouble();
    }

    private int fill(String path) {
        int entered = 0;
        while (enters(path)) entered++;
        return entered;
    }

    @Test
    void whoCannotBeServedIsTurnedAwayAndCounted() {
        assertThat(fill(MINT)).isPositive();
        assertThat(enters(MINT)).isFalse();
        assertThat(figure("usher_turned_away_total")).isEqualTo(2);
        taken.pop().close();
        assertThat(enters(MINT)).isTrue();
    }

    @Test
    void theLastPlacesAreNotForSignIns() {
        fill(MINT);
        assertThat(enters(SIGN_IN)).isFalse();
        taken.pop().close();
        assertThat(enters(SIGN_IN)).isFalse();
        while (!taken.isEmpty()) taken.pop().close();
        assertThat(enters(SIGN_IN)).isTrue();
    }

    @Test
    void howeverManySignInsWaitThereIsPlaceForMints() {
        assertThat(fill(SIGN_IN)).isPositive();
        assertThat(enters(MINT)).isTrue();
    }
}
