package dev.usher.organization;

import dev.usher.delivery.Channel;
import dev.usher.delivery.Message;
import dev.usher.instance.Instance;
import dev.usher.user.User;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an invited person reads. Names come from strangers: they are kept to one line. */
final class InvitationMail {
    private static final int LONGEST = 80;

    private InvitationMail() {}

    static Message of(Instance instance, Invitation invitation, Optional<User> inviter, String url) {
        String organization = line(invitation.organization().name());
        String app = instance.settings().applicationName();
        String who = inviter.map(InvitationMail::name)
                .map(name -> name + " invites you")
                .orElse("You are invited");
        String body = """
                %s to join %s on %s.

                To accept, open this link before %s:

                    %s

                If you do not know what this is about, you can ignore this message.
                """.formatted(
                who, organization, app, invitation.expiresAt().toString().substring(0, 10), url);
        return new Message(
                Channel.EMAIL,
                invitation.emailAddress(),
                who + " to join " + organization,
                body,
                Optional.empty(),
                invitation.expiresAt());
    }

    private static String name(User user) {
        String name = Stream.of(user.firstName(), user.lastName())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return line(name.isBlank() ? user.identifier() : name);
    }

    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ").trim();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
