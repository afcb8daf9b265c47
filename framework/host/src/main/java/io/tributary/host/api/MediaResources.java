package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Body;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.media.Media;
import io.tributary.host.media.Served;
import io.tributary.host.media.TooLong;
import io.tributary.model.AccountId;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Media: up, what is known of them, and their bytes by links that end, on the pages' origin.
final class MediaResources {

    private static final Logger LOG = LoggerFactory.getLogger(MediaResources.class);

    /// As long as `media.link-lifetime` allows; the media room shortens it to that.
    private static final Duration LINK = Duration.ofDays(1);

    private static final int LONGEST_NAME = 200;

    private final Media media;
    private final OpenAccounts accounts;
    private final long uploadLimit;

    MediaResources(Media media, OpenAccounts accounts, long uploadLimit) {
        this.media = media;
        this.accounts = accounts;
        this.uploadLimit = uploadLimit;
    }

    void add(Routes routes) {
        routes.add(
                "POST",
                "/v1/media",
                Scope.INTERACTIONS_WRITE,
                Body.any(uploadLimit),
                Refusals.told(this::upload));
        routes.add("GET", "/v1/media/{id}", Scope.INTERACTIONS_READ, 0, Refusals.told(this::one));
        routes.pages().open("GET", "/media/{token}", Refusals.told(this::bytes));
    }

    private Answer upload(Request request) throws IOException {
        Query query = Query.of(request, "account", "name");
        if (request.body().length() == 0) {
            throw new Problem(ProblemType.INVALID, "There is nothing in the body.");
        }
        AccountId account = account(query, request);
        String name = query.text("name");
        if (name != null && name.length() > LONGEST_NAME) {
            throw new Problem(
                    ProblemType.MALFORMED, "Query 'name': may have 200 characters at most.");
        }
        try {
            return json(
                    201,
                    media.keep(
                            account,
                            request.body().asStream(),
                            name,
                            request.header("content-type")));
        } catch (TooLong tooLong) {
            throw new Problem(
                            ProblemType.TOO_LARGE,
                            "The file is larger than " + uploadLimit + " bytes.")
                    .with("limit", uploadLimit);
        } catch (IOException full) {
            throw new Problem(ProblemType.UNAVAILABLE, "The file cannot be kept now.")
                    .header("Retry-After", "10");
        }
    }

    /// One that there is, though it may be down at the moment.
    private AccountId account(Query query, Request request) {
        String text = query.text("account");
        if (text == null) {
            throw new Problem(
                    ProblemType.MALFORMED,
                    "Query 'account': is needed; media belong to the account they are sent through.");
        }
        try {
            AccountId id = new AccountId(text);
            if (request.principal().sees(id)
                    && !(accounts.find(id) instanceof OpenAccounts.Found.Unknown)) {
                return id;
            }
        } catch (IllegalArgumentException wrong) {
            throw Ids.notFound("account");
        }
        throw Ids.notFound("account");
    }

    private Answer one(Request request) {
        MediaRecords.Media found =
                media.find(Ids.media(request))
                        .filter(each -> request.principal().sees(each.account()))
                        .orElseThrow(() -> Ids.notFound("media"));
        return json(200, found);
    }

    private Answer json(int status, MediaRecords.Media found) {
        ObjectNode view = RequestJson.JSON.createObjectNode();
        view.put("id", found.id().toString())
                .put("state", found.state().name().toLowerCase(Locale.ROOT));
        put(view, "name", found.name());
        put(view, "type", found.type());
        put(view, "sha256", found.sha256());
        if (found.reason() != null) {
            view.putObject("reason")
                    .put("code", found.reason().code())
                    .put("text", found.reason().text());
        }
        if (found.state() == MediaRecords.State.STORED) {
            view.put("bytes", found.bytes());
            view.put("link", media.link(found.id(), LINK).toString());
        }
        return Answer.json(status, RequestJson.JSON.writeValueAsBytes(view));
    }

    private static void put(ObjectNode view, String key, @Nullable String value) {
        if (value != null) {
            view.put(key, value);
        }
    }

    private Answer bytes(Request request) {
        Optional<Served> served;
        try {
            served = media.serve(request.need("token"));
        } catch (IOException failure) {
            LOG.warn("a medium cannot be served: {}", failure.toString());
            throw new Problem(ProblemType.UNAVAILABLE, "The file cannot be had now.")
                    .header("Retry-After", "10");
        }
        return served.<Answer>map(
                        file -> new Answer.FromFile(file.type(), file.file(), file.headers()))
                .orElseThrow(() -> Ids.notFound("media, or the link has ended"));
    }
}
