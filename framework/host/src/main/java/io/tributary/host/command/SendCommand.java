package io.tributary.host.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `tributary send`: a reply, or the first words of a conversation.
@Command(
        name = "send",
        description = "Sends a text, in a conversation or to an address.",
        footer = {
            "",
            "Examples:",
            "  tributary send --conversation 0198c0de-7a10-7c00-8000-000000000000 \"Ready.\"",
            "  tributary send --conversation 0198c0de-7a10-7c00-8000-000000000000 --preview \"Ready.\"",
            "  tributary send --account shop --to +15005550100 \"Ready.\""
        })
final class SendCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Connection connection = new Connection();

    @ArgGroup(multiplicity = "0..1")
    Where where = new Where();

    @Option(
            names = "--preview",
            description = "Show what would go out in the conversation, and send nothing.")
    boolean preview;

    @Parameters(paramLabel = "TEXT", description = "What to say.")
    String text = "";

    /// One of two ways to say where to.
    static final class Where {

        @Option(
                names = "--conversation",
                paramLabel = "ID",
                required = true,
                description = "A conversation's id.")
        @Nullable String conversation;

        @ArgGroup(exclusive = false)
        @Nullable Address address;
    }

    /// An address on an account.
    static final class Address {

        @Option(
                names = "--account",
                paramLabel = "ACCOUNT",
                required = true,
                description = "Over this account.")
        String account = "";

        @Option(
                names = "--to",
                required = true,
                paramLabel = "ADDRESS",
                description = "To this address.")
        String to = "";

        @Option(
                names = "--line",
                paramLabel = "LINE",
                description = "From this line, where the account has several.")
        @Nullable String line;
    }

    @Override
    public Integer call() {
        ObjectNode body = Client.JSON.createObjectNode();
        body.putArray("parts").addObject().put("type", "text").put("text", text);
        try (Client client = connection.client()) {
            var output = new Output(spec.commandLine().getOut(), connection.json);
            if (preview) {
                return show(client.post(previewPath(), body), output);
            }
            JsonNode sent = client.post(path(body), body);
            if (!output.json(sent)) {
                output.screen()
                        .line(
                                "Taken as #"
                                        + sent.path("position").asString("?")
                                        + " of conversation "
                                        + sent.path("conversationId").asString("?")
                                        + "; its receipts follow in the stream.");
            }
            return Exit.OK;
        }
    }

    private static int show(JsonNode previewed, Output output) {
        if (!output.json(previewed)) {
            new PreviewSheet(output.screen()).print(previewed);
        }
        return previewed.path("sendable").asBoolean(false) ? Exit.OK : Exit.REFUSED;
    }

    private String previewPath() {
        if (where.conversation == null) {
            throw new CommandFailed(Exit.USAGE, "A preview is of a reply: say --conversation ID.");
        }
        return conversation(where.conversation) + "/preview";
    }

    private static String conversation(String id) {
        return "/v1/conversations/" + Client.escape(id);
    }

    private String path(ObjectNode body) {
        if (where.conversation != null) {
            return conversation(where.conversation) + "/interactions";
        }
        if (where.address == null) {
            throw new CommandFailed(
                    Exit.USAGE, "Say where to: --conversation ID, or --account ID --to ADDRESS.");
        }
        body.put("account", where.address.account).put("address", where.address.to);
        if (where.address.line != null) {
            body.put("line", where.address.line);
        }
        return "/v1/conversations";
    }
}
