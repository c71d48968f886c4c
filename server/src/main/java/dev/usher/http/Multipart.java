package dev.usher.http;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.InputStream;

/** Bodies of the type {@code multipart/form-data} (RFC 7578). */
final class Multipart {
    private Multipart() {}

    /** The bytes of the part of that name.
     *
     * @throws Refusal when the body cannot be read or has no such part
     */
    static byte[] part(byte[] body, String contentType, String name) {
        try {
            MimeMultipart parts = new MimeMultipart(new ByteArrayDataSource(body, contentType));
            for (int i = 0; i < parts.getCount(); i++) {
                String[] disposition = parts.getBodyPart(i).getHeader("Content-Disposition");
                if (disposition == null || !name.equals(new ContentDisposition(disposition[0]).getParameter("name")))
                    continue;
                try (InputStream in = parts.getBodyPart(i).getInputStream()) {
                    return in.readAllBytes();
                }
            }
        } catch (MessagingException | IOException e) {
            throw Errors.malformedParameters("The parts of the form could not be read.");
        }
        throw Errors.missing(name);
    }
}
