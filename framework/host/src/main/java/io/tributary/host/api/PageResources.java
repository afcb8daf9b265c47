package io.tributary.host.api;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.model.AccountId;
import io.tributary.spi.ServesPages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pages of plugins, on the pages' origin. Whoever has the address may read them: they are the
/// same for everybody.
final class PageResources {

    private static final Logger LOG = LoggerFactory.getLogger(PageResources.class);

    private static final String TEMPLATE = "/channels/{account}/pages";

    private final OpenAccounts accounts;
    private final PageForm form;

    PageResources(OpenAccounts accounts, PageForm form) {
        this.accounts = accounts;
        this.form = form;
    }

    void add(Routes routes) {
        routes.pages().open("GET", TEMPLATE, request -> page(request, ""));
        routes.pages()
                .open("GET", TEMPLATE + "/{rest*}", request -> page(request, request.need("rest")));
    }

    private Answer page(Request request, String path) throws InterruptedException {
        OpenAccount account = account(request);
        ServesPages pages = account.ability(ServesPages.class).orElseThrow(PageResources::notFound);
        ServesPages.Page page =
                called(account, pages, path, query(request)).orElseThrow(PageResources::notFound);
        return form.answer(
                page, request.header("if-none-match"), request.header("accept-encoding"));
    }

    private OpenAccount account(Request request) {
        AccountId id;
        try {
            id = AccountId.of(request.need("account"));
        } catch (IllegalArgumentException noName) {
            throw notFound();
        }
        return switch (accounts.find(id)) {
            case OpenAccounts.Found.Open(OpenAccount open) -> open;
            case OpenAccounts.Found.Down _ -> throw unavailable();
            case OpenAccounts.Found.Unknown _ -> throw notFound();
        };
    }

    /// The first value of each parameter.
    private static Map<String, String> query(Request request) {
        var query = new LinkedHashMap<String, String>();
        request.query().forEach((name, values) -> query.put(name, values.getFirst()));
        return query;
    }

    private static Optional<ServesPages.Page> called(
            OpenAccount account, ServesPages pages, String path, Map<String, String> query)
            throws InterruptedException {
        try {
            return account.calls()
                    .ask(
                            Calls.Kind.PAGE,
                            account.id(),
                            () -> Optional.ofNullable(pages.page(path, query)));
        } catch (PluginFailure failure) {
            // anybody may ask: calls are counted and told of where they are made
            LOG.debug("account={} a page could not be made: {}", account.id(), failure.toString());
            throw switch (failure.why()) {
                case CLOSED -> unavailable();
                case MALFORMED ->
                        new Problem(ProblemType.MALFORMED, "The channel cannot read the address.");
                case THROWN, NOT_STORED, TROUBLE, DEADLINE, STUCK ->
                        new Problem(ProblemType.INTERNAL, "The channel failed to make the page.");
            };
        }
    }

    private static Problem notFound() {
        return new Problem(ProblemType.NOT_FOUND, "There is no such page.");
    }

    private static Problem unavailable() {
        return new Problem(ProblemType.UNAVAILABLE, "The channel does not serve now.")
                .header("Retry-After", "5");
    }
}
