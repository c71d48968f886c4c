package dev.usher.signin;

import dev.usher.base.Secret;
import dev.usher.factor.Flow;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.http.Form;
import dev.usher.http.TicketErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.ticket.EntryToken;
import dev.usher.ticket.Ticket;
import dev.usher.ticket.Tickets;
import dev.usher.user.User;
import java.time.Duration;
import java.util.Optional;

/** Signs in by a ticket. An invitation proves the address, as a code to it would; any other ticket is all that is needed. */
final class TicketSignIns {
    private final Store store;
    private final SignIns signIns;
    private final SignInSteps steps;
    private final Tickets tickets;

    TicketSignIns(Store store, SignIns signIns, SignInSteps steps, Tickets tickets) {
        this.store = store;
        this.signIns = signIns;
        this.steps = steps;
        this.tickets = tickets;
    }

    static boolean isMeant(Form form) {
        return form.text("strategy").filter(Tickets.STRATEGY::equals).isPresent();
    }

    /** A ticket that can be used, and the user whom it lets in. */
    private record Shown(String hash, Ticket ticket, User user) {}

    SignIns.Shown create(Exchange exchange, Form form) {
        String hash = Secret.of(form.required("ticket")).hash();
        return store.write(tx -> {
            Shown shown = shown(tx, exchange, hash);
            SignIn made = signIns.begin(tx, exchange, shown.user());
            return signIns.shown(tx, exchange, proved(tx, exchange, made, shown));
        });
    }

    /** The ticket as the first factor of a sign-in that is on its way; it must be the same user's. */
    SignIns.Shown attempt(Exchange exchange, String id, Form form) {
        String hash = Secret.of(form.required("ticket")).hash();
        return store.write(tx -> {
            SignIn due = steps.due(tx, exchange, id, SignIn.NEEDS_FIRST_FACTOR);
            Shown shown = shown(tx, exchange, hash);
            due.userId().ifPresent(userId -> Tickets.requireSame(shown.ticket(), userId, shown.user()));
            if (due.userId().isEmpty() && due.identifier().isPresent())
                Tickets.requireSame(shown.ticket(), "", shown.user());
            return signIns.shown(tx, exchange, proved(tx, exchange, due, shown));
        });
    }

    private Shown shown(Tx tx, Exchange exchange, String hash) {
        Instance instance = Instance.of(exchange);
        Ticket ticket = tickets.usable(tx, instance, hash, exchange.now());
        User user = tickets.user(tx, instance, ticket)
                .orElseThrow(
                        ticket instanceof Ticket.Entry
                                ? TicketErrors::ticketInvalid
                                : TicketErrors::invitedAccountMissing);
        if (user.banned()) throw Errors.userBanned();
        boolean byActor = ticket instanceof Ticket.Entry(EntryToken token) && token.isActors();
        if (!byActor && user.lock().isLockedAt(exchange.now()))
            throw FactorErrors.userLocked(
                    user.lock().remainingAt(exchange.now()).orElse(Duration.ZERO));
        return new Shown(hash, ticket, user);
    }

    private SignIn proved(WriteTx tx, Exchange exchange, SignIn signIn, Shown shown) {
        SignInStore.bring(tx, signIn.id(), shown.hash());
        var proof = new Flow.Proof(Tickets.STRATEGY, Optional.empty());
        return shown.ticket() instanceof Ticket.Entry
                ? steps.allProved(tx, exchange, signIn, shown.user(), proof)
                : steps.firstProved(tx, exchange, signIn, shown.user(), proof);
    }
}
