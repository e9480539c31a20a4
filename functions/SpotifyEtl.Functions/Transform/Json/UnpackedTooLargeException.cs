namespace SpotifyEtl.Transform.Json;

/// <summary>A gzipped file unpacks to more bytes than are allowed.</summary>
internal sealed class UnpackedTooLargeException() : Exception("The file unpacks to more bytes than are allowed.");
