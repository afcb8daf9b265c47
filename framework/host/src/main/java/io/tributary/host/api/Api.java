package io.tributary.host.api;

import io.tributary.host.access.Access;
import io.tributary.host.accounts.Accounts;
import io.tributary.host.accounts.Channels;
import io.tributary.host.agents.Agents;
import io.tributary.host.cluster.Attendance;
import io.tributary.host.cluster.Insights;
import io.tributary.host.customers.CustomerViews;
import io.tributary.host.customers.Merges;
import io.tributary.host.customers.Timeline;
import io.tributary.host.http.Routes;
import io.tributary.host.inbound.Renormalising;
import io.tributary.host.inbound.Replay;
import io.tributary.host.journal.Journal;
import io.tributary.host.media.Media;
import io.tributary.host.media.Uploads;
import io.tributary.host.outbound.CapabilityWatch;
import io.tributary.host.outbound.Fallbacks;
import io.tributary.host.outbound.Replies;
import io.tributary.host.outbound.Resending;
import io.tributary.host.outbound.Signals;
import io.tributary.host.plugins.LoaderWatch;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.rollouts.Rollouts;
import io.tributary.host.webhooks.Webhooks;
import java.net.URI;
import java.time.InstantSource;

/// Everything that the public interface serves, as `openapi.yaml` says it.
public final class Api {

    private Api() {}

    /// The rooms below, each with what agent apps or operators are shown of it.
    ///
    /// @param run of this member
    /// @param apis where devices connect, as browsers reach it
    public record Rooms(
            Journal journal,
            Agents agents,
            Replies replies,
            Fallbacks fallbacks,
            CapabilityWatch capabilityWatch,
            Signals signals,
            Replay replay,
            Renormalising renormalising,
            Resending resending,
            CustomerViews customers,
            Merges merges,
            Timeline timeline,
            Media media,
            Uploads uploads,
            Accounts accounts,
            Channels channels,
            Plugins plugins,
            Rollouts rollouts,
            LoaderWatch loaders,
            Access access,
            long uploadLimit,
            Attendance attendance,
            long run,
            Insights insights,
            Webhooks webhooks,
            InstantSource clock,
            URI apis) {}

    /// Adds every route.
    public static void add(Routes routes, Rooms rooms) {
        new StreamResources(rooms.agents(), rooms.attendance()).add(routes);
        new ConversationResources(rooms.agents(), rooms.replies(), rooms.capabilityWatch())
                .add(routes);
        new Replying(rooms.journal(), rooms.replies(), rooms.fallbacks()).add(routes);
        new SignalResources(rooms.journal(), rooms.signals()).add(routes);
        new CustomerResources(rooms).add(routes);
        new MediaResources(rooms.media(), rooms.accounts(), rooms.uploadLimit()).add(routes);
        new UploadResources(rooms.uploads()).add(routes);
        new PageResources(rooms.accounts(), new PageForm(rooms.apis())).add(routes);
        new AccountResources(rooms.accounts(), rooms.channels()).add(routes);
        new ActionResources(rooms.accounts(), rooms.journal(), rooms.clock()).add(routes);
        new PluginResources(
                        rooms.plugins(),
                        rooms.rollouts(),
                        new PluginViews(rooms.accounts(), rooms.rollouts(), rooms.loaders()))
                .add(routes);
        new TokenResources(rooms.access()).add(routes);
        new MemberResources(rooms.journal(), rooms.attendance(), rooms.run()).add(routes);
        new InsightResources(rooms.insights()).add(routes);
        new TraceResources(rooms.journal()).add(routes);
        new DeadLetterResources(rooms).add(routes);
        new RenormalisationResources(rooms.renormalising()).add(routes);
        new OperatorResources(rooms.journal(), rooms.clock()).add(routes);
        new WebhookResources(rooms.webhooks(), rooms.agents().filters()).add(routes);
    }
}
