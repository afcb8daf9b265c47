package io.tributary.social.meta;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import org.jspecify.annotations.Nullable;

/// Which app speaks on a page, and which one answers a thread
/// (https://developers.facebook.com/docs/messenger-platform/handover-protocol).
final class ThreadOwners {

    /// Meta's own inboxes, in which people write.
    private static final String PAGE_INBOX = "263902037430900";

    private static final String INSTAGRAM_INBOX = "1217981644879628";

    private final @Nullable String ownApp;

    /// @param ownApp our app's id; null: not known
    ThreadOwners(@Nullable String ownApp) {
        this.ownApp = ownApp;
    }

    /// Who wrote something that is not of ours: without an app it was written in the inbox.
    Actor author(@Nullable String app) {
        return app == null ? inbox(PAGE_INBOX) : actor(app);
    }

    Content handover(Node change) {
        return new Content.Handover(
                owner(change.text("previous_owner_app_id")),
                owner(change.text("new_owner_app_id")),
                change.text("metadata"));
    }

    private Actor owner(@Nullable String app) {
        return app == null ? Actor.SYSTEM : actor(app);
    }

    private Actor actor(String app) {
        if (app.equals(ownApp)) {
            return new Actor(Actor.Kind.SYSTEM, "app-" + app, "this app");
        }
        return app.equals(PAGE_INBOX) || app.equals(INSTAGRAM_INBOX)
                ? inbox(app)
                : Actor.bot("app-" + app, null);
    }

    private static Actor inbox(String app) {
        return new Actor(Actor.Kind.AGENT, "app-" + app, "Inbox");
    }
}
