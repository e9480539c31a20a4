namespace SpotifyEtl.Transform.Tables;

/// <summary>One table's object of one raw file.</summary>
public sealed record WrittenTable(string Table, string Key, long SizeBytes, string Sha256);
