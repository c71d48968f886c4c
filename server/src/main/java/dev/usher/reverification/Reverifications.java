package dev.usher.reverification;

import dev.usher.base.Ids;
import dev.usher.client.Clients;
import dev.usher.factor.Factors;
import dev.usher.factor.Flow;
import dev.usher.factor.Offer;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.http.Form;
import dev.usher.http.TicketErrors;
import dev.usher.instance.Instance;
import dev.usher.session.FactorAges;
import dev.usher.session.Session;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts reverifications and brings them on. All of it is bound to one session of the calling client: what was proved for
 * another session, client or person is never found.
 */
final class Reverifications {
    private static final Set<String> PREPARED_FIRST = Set.of(Offer.EMAIL_CODE, Offer.PHONE_CODE, Offer.PASSKEY);
    private static final Set<String> FIRST = Set.of(Offer.EMAIL_CODE, Offer.PHONE_CODE, Offer.PASSKEY, Offer.PASSWORD);
    private static final Set<String> PREPARED_SECOND = Set.of(Offer.PHONE_CODE);
    private static final Set<String> SECOND = Set.of(Offer.PHONE_CODE, Offer.TOTP, Offer.BACKUP_CODE);

    private final Store store;
    private final Clients clients;
    private final Sessions sessions;
    private final Factors factors;
    private final Ids ids;

    Reverifications(Store store, Clients clients, Sessions sessions, Factors factors, Ids ids) {
        this.store = store;
        this.clients = clients;
        this.sessions = sessions;
        this.factors = factors;
        this.ids = ids;
    }

    /** A reverification with its session, and what was sent or asked, ready to be shown. */
    record Shown(
            Reverification reverification, Sessions.Shown session, Factors.Prepared first, Factors.Prepared second) {}

    /**
     * An open session of the calling client. Who shows a secret that was rotated away a moment ago is late: the step was taken
     * by whoever has the new one.
     */
    private Session session(Tx tx, Exchange exchange, String sessionId) {
        Session session = sessions.usable(tx, exchange, sessionId);
        boolean late = !clients.known(tx, exchange).sessionsBefore().equals(Instant.MAX);
        if (late) throw FactorErrors.reverificationStage();
        return session;
    }

    private User user(Tx tx, Exchange exchange, Session session) {
        return sessions.shown(tx, exchange, session).user();
    }

    Shown start(Exchange exchange, String sessionId, Form form) {
        Level wanted = Level.ofWire(form.oneOf("level", Level.NAMES));
        return store.write(tx -> {
            Session session = session(tx, exchange, sessionId);
            if (session.actor().isPresent()) throw TicketErrors.forbiddenToActor();
            User user = user(tx, exchange, session);
            Reverification made = new Reverification(
                    ids.next("reverif", exchange.now()),
                    sessionId,
                    user.id(),
                    wanted.reachable(user.hasSecondFactor()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    exchange.now().plus(Reverification.LIFE));
            ReverificationStore.replace(tx, exchange.site().id(), made, exchange.now());
            return shown(tx, exchange, session);
        });
    }

    private Reverification found(Tx tx, Exchange exchange, Session session) {
        return ReverificationStore.find(tx, session.id(), exchange.now())
                .filter(one -> one.userId().equals(session.userId()))
                .orElseThrow(FactorErrors::reverificationMissing);
    }

    private Reverification due(Tx tx, Exchange exchange, Session session, Level.Step step) {
        Reverification found = found(tx, exchange, session);
        if (found.due().filter(step::equals).isEmpty()) throw FactorErrors.reverificationStage();
        return found;
    }

    private static List<Offer> offers(Exchange exchange, Reverification reverification, User user, Level.Step step) {
        return step == Level.Step.FIRST
                ? Offer.first(user, Instance.of(exchange).settings().factors(), List.of(Offer.EMAIL_CODE))
                : Offer.second(user, reverification.usedAlready());
    }

    Shown prepare(Exchange exchange, String sessionId, Level.Step step, Form form) {
        Set<String> known = step == Level.Step.FIRST ? PREPARED_FIRST : PREPARED_SECOND;
        return store.write(tx -> {
            Session session = session(tx, exchange, sessionId);
            Reverification due = due(tx, exchange, session, step);
            String strategy = known(form, step, known);
            User user = user(tx, exchange, session);
            String field = strategy.equals(Offer.PHONE_CODE) ? "phone_number_id" : "email_address_id";
            Offer offer =
                    Offer.chosen(offers(exchange, due, user, step), strategy, field, form.text(field), Offer::primary);
            factors.prepare(tx, exchange, due.ownerId(step), user, offer);
            return shown(tx, exchange, session);
        });
    }

    /** The strategy; where there is but one it need not be named. */
    private static String known(Form form, Level.Step step, Set<String> known) {
        if (step == Level.Step.SECOND && form.text("strategy").isEmpty()) return Offer.PHONE_CODE;
        return form.oneOf("strategy", known);
    }

    Shown attempt(Exchange exchange, String sessionId, Level.Step step, Form form) {
        Set<String> known = step == Level.Step.FIRST ? FIRST : SECOND;
        Reverification due = store.read(tx -> due(tx, exchange, session(tx, exchange, sessionId), step));
        String strategy = form.oneOf("strategy", known);
        var attempt = new Factors.Attempt(strategy, value(form, strategy));
        factors.attempt(exchange, attempt, flow(exchange, due, step, strategy));
        return store.read(tx -> shown(tx, exchange, sessions.usable(tx, exchange, sessionId)));
    }

    private static String value(Form form, String strategy) {
        return switch (strategy) {
            case Offer.PASSWORD -> form.required("password");
            case Offer.PASSKEY -> form.required("public_key_credential");
            default -> form.required("code");
        };
    }

    private Flow<Boolean> flow(Exchange exchange, Reverification begun, Level.Step step, String strategy) {
        return new Flow<>() {
            @Override
            public String ownerId() {
                return begun.ownerId(step);
            }

            @Override
            public Optional<User> user(Tx tx) {
                Session session = session(tx, exchange, begun.sessionId());
                Reverification due = due(tx, exchange, session, step);
                if (!due.id().equals(begun.id())) throw FactorErrors.reverificationStage();
                User user = Reverifications.this.user(tx, exchange, session);
                requireOffered(exchange, due, user, step, strategy);
                return Optional.of(user);
            }

            @Override
            public Boolean proved(WriteTx tx, User user, Proof proof) {
                go(tx, exchange, begun, step, user, proof);
                return true;
            }
        };
    }

    private static void requireOffered(
            Exchange exchange, Reverification due, User user, Level.Step step, String strategy) {
        List<Offer> offers = offers(exchange, due, user, step);
        if (step == Level.Step.SECOND && offers.isEmpty()) throw FactorErrors.noSecondFactors();
        if (offers.stream().noneMatch(offer -> offer.strategy().equals(strategy))) throw Errors.strategyNotForUser();
    }

    /** A factor was proved; after the last one the session's ages change and the client gets a new secret. */
    private void go(WriteTx tx, Exchange exchange, Reverification begun, Level.Step step, User user, Flow.Proof proof) {
        var proved = new Reverification.Proved(proof.strategy(), proof.identificationId(), exchange.now());
        boolean counts = step == Level.Step.FIRST
                ? ReverificationStore.firstProved(tx, begun.id(), proved)
                : ReverificationStore.secondProved(tx, begun.id(), proved);
        if (!counts) throw FactorErrors.reverificationStage();
        Session session = sessions.usable(tx, exchange, begun.sessionId());
        Reverification now = found(tx, exchange, session);
        if (now.due().isEmpty()) complete(tx, exchange, now, session, user);
    }

    private void complete(WriteTx tx, Exchange exchange, Reverification reverification, Session session, User user) {
        if (!ReverificationStore.complete(tx, reverification.id(), exchange.now()))
            throw FactorErrors.reverificationStage();
        FactorAges ages = new FactorAges(
                reverification.first().map(Reverification.Proved::at),
                reverification.second().map(Reverification.Proved::at));
        sessions.proved(tx, session.id(), ages, exchange.now());
        clients.reproved(tx, exchange, session.clientId());
        boolean all = !user.hasSecondFactor() || reverification.second().isPresent();
        if (all) factors.allProved(tx, exchange, user.id());
    }

    private Shown shown(Tx tx, Exchange exchange, Session session) {
        Reverification found = found(tx, exchange, session);
        return new Shown(
                found,
                sessions.shown(tx, exchange, session),
                factors.prepared(tx, found.ownerId(Level.Step.FIRST)),
                factors.prepared(tx, found.ownerId(Level.Step.SECOND)));
    }
}
