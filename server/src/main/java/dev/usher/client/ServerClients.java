package dev.usher.client;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.http.ClientToken;
import dev.usher.http.Exchange;
import dev.usher.http.Paging;
import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Optional;

/** Clients as servers see them: all of the instance, whoever is calling. */
public final class ServerClients {
    private final Ids ids;
    private final Randomness randomness;

    public ServerClients(Ids ids, Randomness randomness) {
        this.ids = ids;
        this.randomness = randomness;
    }

    public Optional<Client> find(Tx tx, Exchange exchange, String clientId) {
        return ClientStore.find(tx, Instance.of(exchange).id(), clientId);
    }

    /** The newest first. */
    public List<Client> list(Tx tx, Exchange exchange, Paging paging) {
        return ClientStore.list(tx, Instance.of(exchange).id(), paging.limit(), paging.offset());
    }

    public long count(Tx tx, Exchange exchange) {
        return ClientStore.count(tx, Instance.of(exchange).id());
    }

    /** The client that a token proves to be held, as a cookie or an Authorization header has it. */
    public Optional<Client> proved(Tx tx, Exchange exchange, String text) {
        return ClientToken.parse(text)
                .flatMap(token -> find(tx, exchange, token.clientId())
                        .filter(client -> client.provedBy(token, exchange.now()).isPresent()));
    }

    /** A client that nobody holds; its id. */
    public String createUnheld(WriteTx tx, Exchange exchange) {
        String id = ids.next("client", exchange.now());
        ClientStore.insert(tx, Instance.of(exchange).id(), id, randomness.secret(), Optional.empty(), exchange.now());
        return id;
    }
}
