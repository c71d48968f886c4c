package dev.usher.ticket;

import dev.usher.delivery.Channel;
import dev.usher.delivery.Message;
import dev.usher.instance.Instance;
import java.util.Optional;

/** What a person reads who is invited to the application. */
final class UserInvitationMail {
    private UserInvitationMail() {}

    static Message of(Instance instance, UserInvitation invitation, String url) {
        String app = instance.settings().applicationName();
        String body = """
                You are invited to join %s.

                To accept, open this link before %s:

                    %s

                If you do not know what this is about, you can ignore this message.
                """.formatted(app, invitation.expireAt().toString().substring(0, 10), url);
        return new Message(
                Channel.EMAIL,
                invitation.emailAddress(),
                "You are invited to join " + app,
                body,
                Optional.empty(),
                invitation.expireAt());
    }
}
