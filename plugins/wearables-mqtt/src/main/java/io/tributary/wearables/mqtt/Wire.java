package io.tributary.wearables.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Packets to and from a broker. One thread reads; any may write. A virtual thread that is
/// interrupted while it reads or writes closes the socket.
final class Wire implements AutoCloseable {

    /// What we are ready to take at once; told to the broker, which then sends no more.
    static final int MOST_BYTES = 256 * 1024;

    /// Some brokers count without what they add themselves, as Mosquitto does.
    private static final int MISCOUNTED = 16 * 1024;

    private final Socket socket;
    private final OutputStream out;
    private final PacketBuffer in;
    private final Duration patience;
    private final ReentrantLock writing = new ReentrantLock(true);
    private volatile long lastSaid = System.nanoTime();

    private Wire(Socket socket, Duration patience) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new PacketBuffer(socket.getInputStream(), MOST_BYTES + MISCOUNTED);
        this.patience = patience;
    }

    /// @param patience how long a write waits for others before the broker counts as gone
    static Wire open(Broker broker, Duration patience) throws IOException {
        var socket = broker.connect();
        try {
            return new Wire(socket, patience);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /// Says these, in one piece.
    ///
    /// @throws NothingSaid others wait already for a broker that takes nothing
    void say(List<? extends Packet> packets) throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        for (var packet : packets) {
            bytes.writeBytes(PacketWriter.write(packet).toArray());
        }
        if (!writing.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new NothingSaid();
        }
        try {
            bytes.writeTo(out);
            out.flush();
            lastSaid = System.nanoTime();
        } finally {
            writing.unlock();
        }
    }

    void say(Packet packet) throws IOException, InterruptedException {
        say(List.of(packet));
    }

    /// The next packet, if all of it is there; null: it is not.
    @Nullable Packet poll() throws NotMqtt {
        var framed = in.poll();
        return framed == null ? null : PacketReader.read(framed);
    }

    /// Waits for more, for a while.
    ///
    /// @return whether something came
    boolean await(Duration time) throws IOException {
        socket.setSoTimeout(Math.max(1, Broker.millis(time)));
        try {
            in.fill();
            return true;
        } catch (SocketTimeoutException nothing) {
            return false;
        }
    }

    /// Waits for the one packet that must come now.
    ///
    /// @throws SocketTimeoutException it does not come
    Packet next(Duration most) throws IOException {
        long end = System.nanoTime() + most.toNanos();
        for (Packet packet = poll(); ; packet = poll()) {
            if (packet != null) {
                return packet;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("the broker does not answer");
            }
            await(Duration.ofNanos(left));
        }
    }

    /// How long nothing was said by us.
    Duration silentFor() {
        return Duration.ofNanos(System.nanoTime() - lastSaid);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// Nothing of a packet was written.
    static final class NothingSaid extends IOException {

        private static final long serialVersionUID = 1;

        NothingSaid() {
            super("the broker takes nothing");
        }
    }
}
