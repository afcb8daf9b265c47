package io.tributary.host.journal;

import io.tributary.model.Bytes;
import org.jspecify.annotations.Nullable;

/// About how much memory a change holds while it waits, so that the queue can be bounded by bytes.
final class Weights {

    private static final long SMALL = 256;

    private Weights() {}

    static long of(Change change) {
        return SMALL
                + switch (change) {
                    case Change.Append append -> append.body().length();
                    case Change.KeepRaw event -> event.body().length();
                    case Change.Park park -> park.body().length();
                    case Change.KeepPiece piece -> piece.body().length();
                    case Change.AddDeadLetter letter -> letter.payload().length();
                    case Change.PutState state -> length(state.value());
                    case Change.KeepAnswer answer -> answer.body().length();
                    case Change.PutAccount account ->
                            2L * account.config().length() + account.sealedSecrets().length();
                    case Change.PutFallback put -> put.plan().body().length();
                    case Change.AddAudit audit -> 2L * audit.detail().length();
                    case Change.OpenConversation _,
                            Change.CloseConversation _,
                            Change.Claim _,
                            Change.AddCustomer _,
                            Change.NameCustomer _,
                            Change.BindAddress _,
                            Change.BindIdentity _,
                            Change.MergeCustomer _,
                            Change.SetConsent _,
                            Change.BindReference _,
                            Change.Unpark _,
                            Change.PostponePieces _,
                            Change.DropPieces _,
                            Change.SeePrint _,
                            Change.AddSegment _,
                            Change.AdvanceSegment _,
                            Change.UseMedia _,
                            Change.CloseDeadLetter _,
                            Change.Enqueue _,
                            Change.MoveSend _,
                            Change.Advance _,
                            Change.AddMedia _,
                            Change.MediaKept _,
                            Change.MediaLost _,
                            Change.AddFetch _,
                            Change.MoveFetch _,
                            Change.DeviceCame _,
                            Change.DeviceWent _,
                            Change.ReachThrough _,
                            Change.RemoveAccount _,
                            Change.WantPlugin _,
                            Change.ObservePlugin _,
                            Change.UnobservePlugin _,
                            Change.UnwantPlugin _,
                            Change.AddRollout _,
                            Change.PutToken _,
                            Change.RevokeToken _,
                            Change.AddFallbackStep _,
                            Change.PutCorrection _,
                            Change.PutWebhook _,
                            Change.RemoveWebhook _,
                            // its bytes are held by who has it stored, waiting or not
                            Change.AddArtifact _ ->
                            0L;
                };
    }

    private static long length(@Nullable Bytes bytes) {
        return bytes == null ? 0 : bytes.length();
    }
}
