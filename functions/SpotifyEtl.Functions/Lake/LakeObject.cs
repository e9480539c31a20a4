namespace SpotifyEtl.Lake;

/// <summary>An object of the lake as a listing shows it.</summary>
public sealed record LakeObject(string Key, long SizeBytes);
