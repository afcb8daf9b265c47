package io.tributary.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// What a [LoopbackProvider] does with a request.
@FunctionalInterface
interface Answering {

    /// Reads on and says nothing. The client's next bytes are its hanging up.
    Answering NEVER = output -> true;

    /// Closes the connection.
    Answering HANG_UP = output -> false;

    /// Answers, or does not.
    ///
    /// @return whether the connection stays open
    boolean answer(OutputStream output) throws IOException;

    /// The same answer always.
    static Answering with(int status, String type, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head =
                "HTTP/1.1 "
                        + status
                        + " Scripted\r\ncontent-type: "
                        + type
                        + "\r\ncontent-length: "
                        + bytes.length
                        + "\r\n\r\n";
        return output -> {
            output.write(head.getBytes(StandardCharsets.US_ASCII));
            output.write(bytes);
            output.flush();
            return true;
        };
    }
}
