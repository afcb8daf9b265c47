package io.tributary.host.command;

import io.tributary.host.workshop.Serving;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The member beside the bench, asked through its public interface.
final class DevMember implements Serving, AutoCloseable {

    private final Client client;
    private final URI url;

    DevMember(URI url, String token) {
        this.client = new Client(url, token);
        this.url = url;
    }

    @Override
    public @Nullable String serve(byte[] jar) {
        try {
            var _ =
                    client.upload(
                            "/admin/v1/plugins?downgrade=true&name=dev",
                            "application/java-archive",
                            jar);
            return null;
        } catch (CommandFailed refused) {
            return refused.getMessage();
        }
    }

    @Override
    public @Nullable String account(String account, String body) {
        try {
            var _ =
                    client.put(
                            "/admin/v1/accounts/" + account,
                            Client.JSON.readTree(body.replace("{{member}}", url.toString())));
            return null;
        } catch (JacksonException broken) {
            return "dev/account.json is no JSON: " + broken.getOriginalMessage();
        } catch (CommandFailed refused) {
            return "The account of dev/account.json is refused. " + refused.getMessage();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
