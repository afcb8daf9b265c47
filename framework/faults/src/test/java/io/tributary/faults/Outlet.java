package io.tributary.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Carries connections of this machine to another one, in a process of its own that lives in the
/// namespace of a member: plain text leads members to a provider on their own machine only.
final class Outlet {

    /// Free in a namespace that the test made.
    static final int PORT = 9000;

    private Outlet() {}

    /// @param arguments the address and the port that it leads to
    public static void main(String[] arguments) throws IOException {
        try (var door = new ServerSocket(PORT, 50, InetAddress.getByName("127.0.0.1"))) {
            System.out.println("ready http://127.0.0.1:" + PORT);
            while (true) {
                Socket from = door.accept();
                try {
                    var to = new Socket(arguments[0], Integer.parseInt(arguments[1]));
                    Thread.ofPlatform().start(() -> carry(from, to));
                    Thread.ofPlatform().start(() -> carry(to, from));
                } catch (IOException refused) {
                    from.close();
                }
            }
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // so is the other end
        }
    }
}
