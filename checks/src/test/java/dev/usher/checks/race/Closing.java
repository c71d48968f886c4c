package dev.usher.checks.race;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Fapi;

/** How it comes to be that a session must not be minted for any more, or not with its organization. */
enum Closing {
    END {
        @Override
        Answer close(Closed closed) {
            return closed.own().session(closed.session(), "end");
        }
    },
    REMOVE {
        @Override
        Answer close(Closed closed) {
            return closed.own().session(closed.session(), "remove");
        }
    },
    REMOVE_ALL {
        @Override
        Answer close(Closed closed) {
            return closed.own().delete("/v1/client/sessions");
        }
    },
    REVOKE_BY_OWNER {
        @Override
        Answer close(Closed closed) {
            return closed.other().post("/v1/me/sessions/" + closed.session() + "/revoke");
        }
    },
    REVOKE_BY_SERVER {
        @Override
        Answer close(Closed closed) {
            return closed.server().post("/v1/sessions/" + closed.session() + "/revoke", "");
        }
    },
    REMOVE_MEMBER {
        @Override
        Answer close(Closed closed) {
            return closed.server()
                    .delete("/v1/organizations/" + closed.organization() + "/memberships/" + closed.user());
        }
    },
    BAN {
        @Override
        Answer close(Closed closed) {
            return closed.server().post("/v1/users/" + closed.user() + "/ban", "");
        }
    },
    DELETE_USER {
        @Override
        Answer close(Closed closed) {
            return closed.other().delete("/v1/me");
        }
    };

    /** What is closed, and those who can: its own client, another one of the same user, and a server. */
    record Closed(Fapi own, Fapi other, Bapi server, String user, String organization, String session) {}

    /** Closes it; what comes back is the acknowledgement. */
    abstract Answer close(Closed closed);

    /** Whether tokens are minted on, but without the organization. */
    boolean leavesSession() {
        return this == REMOVE_MEMBER;
    }

    /** Whether the account is of no use afterwards. */
    boolean takesUser() {
        return this == BAN || this == DELETE_USER;
    }
}
