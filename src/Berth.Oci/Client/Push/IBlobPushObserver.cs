namespace Berth.Oci.Client.Push;

/// <summary>Hears how blobs get to a registry. Called from several threads at once; must return quickly.</summary>
public interface IBlobPushObserver
{
    /// <summary>The upload of a blob begins. One of the others ends it, unless it fails.</summary>
    void Started(Descriptor blob);

    /// <summary>The repository has the blob already.</summary>
    void Skipped(Descriptor blob);

    /// <summary>The registry had the blob in another repository and made it part of this one.</summary>
    void Mounted(Descriptor blob);

    /// <param name="bytes">Sent so far, of the descriptor's size. Less than before when something has to be sent again.</param>
    void Progress(Descriptor blob, long bytes);

    /// <summary>The registry has taken the blob.</summary>
    void Done(Descriptor blob);

    /// <param name="what">What is tried again: <c>upload of sha256:…</c>.</param>
    /// <param name="reason">Why it failed, in one line.</param>
    /// <param name="wait">Until it is tried again.</param>
    void Retrying(string what, string reason, TimeSpan wait);
}
