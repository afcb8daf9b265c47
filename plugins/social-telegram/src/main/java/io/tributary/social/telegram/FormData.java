package io.tributary.social.telegram;

import io.tributary.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// `multipart/form-data` (RFC 7578) of parameters and one file.
final class FormData {

    private final String boundary = "tributary-" + UUID.randomUUID();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /// The parameters of a call; what is no text is written as JSON, as Telegram wants it.
    static FormData of(ObjectNode parameters) {
        var form = new FormData();
        for (var parameter : parameters.properties()) {
            var value = parameter.getValue();
            form.field(
                    parameter.getKey(), value.isString() ? value.stringValue() : value.toString());
        }
        return form;
    }

    private void field(String name, String value) {
        write(
                "--"
                        + boundary
                        + "\r\ncontent-disposition: form-data; name=\""
                        + name
                        + "\"\r\n\r\n");
        write(value + "\r\n");
    }

    /// Adds the file.
    ///
    /// @param most bytes of it
    /// @throws IOException it cannot be read
    /// @throws TooLarge it is larger
    FormData file(String name, String fileName, String type, InputStream content, int most)
            throws IOException {
        write(
                "--%s\r\ncontent-disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                        .formatted(boundary, name, quoted(fileName)));
        write("content-type: " + quoted(type) + "\r\n\r\n");
        int before = body.size();
        content.transferTo(bounded(before + most));
        write("\r\n");
        return this;
    }

    /// The file is larger than Telegram or we allow.
    static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1;
    }

    private OutputStream bounded(int end) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] some, int from, int length) throws IOException {
                if (body.size() + length > end) {
                    throw new TooLarge();
                }
                body.write(some, from, length);
            }
        };
    }

    /// As browsers do: what would end the name or the line is escaped.
    private static String quoted(String text) {
        return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private void write(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    String type() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /// All of it; nothing can be added any more.
    Bytes bytes() {
        write("--" + boundary + "--\r\n");
        return Bytes.wrap(body.toByteArray());
    }
}
