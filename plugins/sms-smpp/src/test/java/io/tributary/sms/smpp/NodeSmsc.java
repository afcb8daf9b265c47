package io.tributary.sms.smpp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// npm's `smpp` as an SMSC, as a process of Node's. It says something to whoever binds, and sends
/// receipts before answers.
final class NodeSmsc implements AutoCloseable {

    private static final String PROGRAM =
            """
            const smpp = require('smpp');
            let last = 0;
            const ends = {source_addr_ton: 1, source_addr_npi: 1, source_addr: '15551230000',
              dest_addr_ton: 1, dest_addr_npi: 1, destination_addr: '15005550006'};
            const answered = pdu => console.log('answered ' + pdu.command_status + ' ' + pdu.message_id);
            const server = smpp.createServer(session => {
              session.on('error', () => {});
              session.on('bind_transceiver', pdu => {
                session.send(pdu.response());
                session.deliver_sm({...ends, short_message: 'hello @ €'}, answered);
                session.deliver_sm({...ends, short_message: 'Привет'}, answered);
              });
              session.on('submit_sm', pdu => {
                const id = 'n-' + ++last;
                console.log('taken ' + pdu.data_coding + ' ' + pdu.destination_addr + ' ' + pdu.short_message.message);
                session.deliver_sm({...ends, esm_class: 4, short_message:
                  'id:' + id + ' sub:001 dlvrd:001 submit date:2611221000 done date:2611221001 stat:DELIVRD err:000 text:'});
                session.send(pdu.response({message_id: id}));
              });
              session.on('enquire_link', pdu => session.send(pdu.response()));
              session.on('unbind', pdu => { session.send(pdu.response()); session.close(); });
            });
            server.listen(Number(process.argv[1]), '127.0.0.1', () => console.log('ready'));
            process.stdin.on('end', () => process.exit()).resume();
            """;

    private final Process process;
    private final int port;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private NodeSmsc(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// @param folder in which `node_modules` is
    static NodeSmsc start(Path folder) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var process =
                new ProcessBuilder("node", "-e", PROGRAM, Integer.toString(port))
                        .directory(folder.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(output.readLine())) {
            process.destroyForcibly();
            throw new IOException("npm's smpp does not start in " + folder);
        }
        var smsc = new NodeSmsc(process, port);
        Thread.ofVirtual().start(() -> output.lines().forEach(smsc.said::add));
        return smsc;
    }

    int port() {
        return port;
    }

    /// What it told: what it took, and how what it said was answered.
    List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
