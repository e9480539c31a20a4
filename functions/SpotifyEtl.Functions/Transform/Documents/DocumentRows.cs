namespace SpotifyEtl.Transform.Documents;

/// <summary>The rows of one document of a raw file.</summary>
/// <param name="Start">Where they begin.</param>
/// <param name="Head">What the document says of them.</param>
/// <param name="ArePlays">Whether they are plays, and not a playlist's.</param>
/// <param name="AreLines">Whether they are the file's own lines, up to its end, and not the elements of an array.</param>
internal sealed record DocumentRows(RowsStart Start, DocumentHead Head, bool ArePlays = false, bool AreLines = false);
