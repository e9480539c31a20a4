namespace SpotifyEtl.Lake;

/// <summary>An object of the lake as a listing shows it.</summary>
public sealed record LakeObject(string Key, long SizeBytes)
{
    /// <summary>
    /// Of raw files, waiting or processed: why this is none that can be read and loaded, said of the file, such as <c>it is a named pipe</c>; null: it
    /// can. Such an object is neither found nor opened by its key, which may be none; <see cref="ILake.SetAsideAsync"/> moves it.
    /// </summary>
    public string? Fault { get; init; }
}
