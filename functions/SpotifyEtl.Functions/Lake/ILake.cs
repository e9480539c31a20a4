using SpotifyEtl.Errors;

namespace SpotifyEtl.Lake;

/// <summary>
/// The data lake: whole objects under keys, in an S3 bucket or in a folder. Every member is safe to repeat.
/// Failures are <see cref="TransientEtlException"/> or <see cref="PermanentEtlException"/> and name the key.
/// </summary>
public interface ILake
{
    /// <summary>Where the lake is, for people: <c>s3://bucket/prefix</c> or <c>file:path</c>.</summary>
    string Location { get; }

    /// <summary>Makes the lake ready for a run, so that one that cannot be used is told before anything is done.</summary>
    /// <exception cref="EtlException">It cannot be used: the message says why.</exception>
    Task PrepareAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The objects whose key begins with <paramref name="prefix"/> and is ordinally greater than <paramref name="startAfter"/>, in ordinal order of
    /// key. Of raw files, what is no readable object or has an unusable name is listed too, with its <see cref="LakeObject.Fault"/>.
    /// </summary>
    IAsyncEnumerable<LakeObject> ListAsync(string prefix, string? startAfter = null, CancellationToken cancellationToken = default);

    /// <summary>The object's size, or null when there is none.</summary>
    Task<LakeObject?> FindAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>The object's bytes, to be read once from the start.</summary>
    /// <exception cref="LakeObjectNotFoundException">There is no such object.</exception>
    Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Begins to write an object. Nobody sees it, nor does it replace the one before, until <see cref="LakeObjectWriter.CommitAsync"/>.</summary>
    Task<LakeObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Deletes the object; one that is not there is a success.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves an object, replacing what the destination held. A source that is gone is a success when the destination has
    /// <paramref name="sha256"/> (lower-case hex): then an earlier try moved it.
    /// </summary>
    /// <exception cref="LakeObjectNotFoundException">The source is gone and the destination is missing or holds other bytes.</exception>
    Task MoveAsync(string sourceKey, string destinationKey, string sha256, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves an object that a listing shows with a fault, whatever it is and is called: nothing of it is opened or read. One that is gone is a success.
    /// </summary>
    Task SetAsideAsync(string sourceKey, string destinationKey, CancellationToken cancellationToken = default);

    /// <summary>What is wrong with a raw file's name on this lake, said of the file, such as <c>its name is too long: …</c>; null: nothing.</summary>
    string? FaultOfName(string rawFileName);

    /// <summary>
    /// Replaces a small object by what <paramref name="change"/> makes of its bytes (null when there is none); when that is null, all stays as it
    /// is. Of those who update an object at once, in whichever process, none replaces what it has not seen: <paramref name="change"/> may be asked again.
    /// </summary>
    Task UpdateAsync(string key, Func<byte[]?, byte[]?> change, CancellationToken cancellationToken = default);

    /// <summary>
    /// Begins to replace an object, of any size, by one that is made from it. Of those who replace an object at once, in whichever process, one is told
    /// that the object is another meanwhile, or waits for the other.
    /// </summary>
    Task<LakeReplacement> BeginReplacementAsync(string key, CancellationToken cancellationToken = default);
}
