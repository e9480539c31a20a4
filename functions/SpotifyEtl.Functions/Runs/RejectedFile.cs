namespace SpotifyEtl.Runs;

/// <summary>A raw file that could not be loaded and was set aside.</summary>
/// <param name="File">Its name.</param>
/// <param name="Reason">One of the reasons of <see cref="Transform.Documents.DefectReasons"/>.</param>
/// <param name="Message">What is wrong with it, for people.</param>
/// <param name="Error">The key of the file that says so in full.</param>
public sealed record RejectedFile(string File, string Reason, string Message, string Error)
{
    public override string ToString() => $"{File} was rejected ({Reason}): {Message} See {Error}.";
}
