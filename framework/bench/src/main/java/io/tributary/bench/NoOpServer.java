package io.tributary.bench;

/// The yardstick: a server that reads a body and says 200.
public final class NoOpServer {

    private NoOpServer() {}

    public static void main(String[] arguments) {
        EventLoops.serve(
                Integer.parseInt(arguments[0]),
                request -> request.response().end("<Response></Response>"));
    }
}
