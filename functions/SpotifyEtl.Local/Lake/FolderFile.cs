namespace SpotifyEtl.Local.Lake;

/// <summary>A file of the lake as a crawler sees it.</summary>
internal sealed record FolderFile(string Key, long SizeBytes, DateTimeOffset Modified);
