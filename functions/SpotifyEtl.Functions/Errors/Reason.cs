namespace SpotifyEtl.Errors;

/// <summary>Why something failed, as far as one line has room for it.</summary>
public static class Reason
{
    /// <summary>The first sentence of a message: what happened, without what to do about it.</summary>
    public static string InShort(string message) => message.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? message[..(end + 1)] : message;
}
