package dev.usher.delivery;

import dev.usher.base.Secret;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/** Sends by SMTP (RFC 5321), with STARTTLS or TLS from the first byte. */
public final class SmtpMailer implements Sender {
    /** How the connection is protected. */
    public enum Protection {
        NONE,
        STARTTLS,
        TLS
    }

    /** The server that takes the mail. */
    public record Server(
            String host,
            int port,
            Protection protection,
            Optional<String> username,
            Optional<Secret> password,
            String from) {}

    private static final String TIMEOUT_MILLIS = "10000";

    private final Session session;
    private final Server server;

    public SmtpMailer(Server server) {
        this.server = server;
        this.session = Session.getInstance(properties(server), authenticator(server));
    }

    private static Properties properties(Server server) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", String.valueOf(server.port()));
        properties.put("mail.smtp.auth", String.valueOf(server.username().isPresent()));
        properties.put("mail.smtp.starttls.enable", String.valueOf(server.protection() == Protection.STARTTLS));
        properties.put("mail.smtp.starttls.required", String.valueOf(server.protection() == Protection.STARTTLS));
        properties.put("mail.smtp.ssl.enable", String.valueOf(server.protection() == Protection.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        for (String name : new String[] {"connectiontimeout", "timeout", "writetimeout"})
            properties.put("mail.smtp." + name, TIMEOUT_MILLIS);
        return properties;
    }

    private static Authenticator authenticator(Server server) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                String password = server.password().map(Secret::reveal).orElse("");
                return new PasswordAuthentication(server.username().orElse(""), password);
            }
        };
    }

    @Override
    public void send(String id, String recipient, String subject, String body) throws IOException {
        try {
            MimeMessage mail = new MimeMessage(session);
            mail.setFrom(new InternetAddress(server.from(), true));
            mail.setRecipient(RecipientType.TO, new InternetAddress(recipient, true));
            mail.setSubject(subject, StandardCharsets.UTF_8.name());
            mail.setText(body, StandardCharsets.UTF_8.name());
            mail.setHeader("Auto-Submitted", "auto-generated");
            mail.setHeader("X-Usher-Message", id);
            Transport.send(mail);
        } catch (MessagingException e) {
            throw new IOException("the mail server did not take the message", e);
        }
    }
}
