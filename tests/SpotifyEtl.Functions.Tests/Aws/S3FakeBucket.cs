using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>The objects of a bucket.</summary>
internal sealed class S3FakeBucket
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, S3FakeObject> _objects = new(StringComparer.Ordinal);

    /// <param name="ifMatch">The ETag that the object before must have, or null.</param>
    /// <param name="ifNoneMatch">Whether there must be none before.</param>
    public void Put(string key, S3FakeObject item, string? ifMatch = null, bool ifNoneMatch = false)
    {
        lock (_lock)
        {
            var before = _objects.GetValueOrDefault(key);
            if (ifMatch is not null && before is null)
            {
                throw new S3Refusal(404, "NoSuchKey", "The specified key does not exist.");
            }

            if ((ifMatch is not null && before?.ETag != ifMatch) || (ifNoneMatch && before is not null))
            {
                throw new S3Refusal(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
            }

            _objects[key] = item;
        }
    }

    public S3FakeObject Get(string key)
    {
        lock (_lock)
        {
            return _objects.TryGetValue(key, out var found) ? found : throw new S3Refusal(404, "NoSuchKey", "The specified key does not exist.");
        }
    }

    public void Delete(string key, string? etag)
    {
        lock (_lock)
        {
            if (etag is not null && (!_objects.TryGetValue(key, out var found) || found.ETag != etag))
            {
                throw new S3Refusal(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
            }

            _objects.Remove(key);
        }
    }

    public List<KeyValuePair<string, S3FakeObject>> List(string prefix, string after, int most)
    {
        lock (_lock)
        {
            return [.. _objects.Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(item.Key, after) > 0).Take(most)];
        }
    }
}

/// <summary>An object: its bytes in pieces, one after another, which stay as they are.</summary>
internal sealed record S3FakeObject(IReadOnlyList<S3Piece> Pieces, string ETag, string Checksum, bool IsComposite, string? ContentType)
{
    public long Size { get; } = Pieces.Sum(piece => piece.Size);

    public static S3FakeObject Join(IReadOnlyList<S3FakeObject> parts, string? contentType)
    {
        var hash = SHA256.HashData([.. parts.SelectMany(part => Convert.FromBase64String(part.Checksum))]);
        return new S3FakeObject(
            [.. parts.SelectMany(part => part.Pieces)],
            $"\"{Convert.ToHexStringLower(hash)[..32]}-{parts.Count}\"",
            $"{Convert.ToBase64String(hash)}-{parts.Count}",
            true,
            contentType);
    }

    public Stream Open() => new JoinedPieces(Pieces);

    public byte[] Bytes()
    {
        using var stream = Open();
        using MemoryStream all = new();
        stream.CopyTo(all);
        return all.ToArray();
    }

    /// <summary>The object as one call copies it: with a checksum of the whole, and an ETag that is its MD5.</summary>
    public S3FakeObject AsWhole()
    {
        if (!IsComposite)
        {
            return this;
        }

        using var stream = Open();
        using var again = Open();
#pragma warning disable CA5351 // S3's ETag is an MD5, and clients check it.
        var etag = $"\"{Convert.ToHexStringLower(MD5.HashData(again))}\"";
#pragma warning restore CA5351
        return this with { ETag = etag, Checksum = Convert.ToBase64String(SHA256.HashData(stream)), IsComposite = false };
    }

    public async Task<S3FakeObject> CutAsync(string path, long first, long last)
    {
        await using var source = Open();
        source.Seek(first, SeekOrigin.Begin);
        var bytes = new byte[last - first + 1];
        await source.ReadExactlyAsync(bytes);
        await File.WriteAllBytesAsync(path, bytes);
        return new S3FakeObject(
            [S3Piece.OfFile(path, bytes.Length)], $"\"{Guid.NewGuid():N}\"", Convert.ToBase64String(SHA256.HashData(bytes)), false, ContentType);
    }
}

/// <summary>An upload in parts.</summary>
internal sealed record S3Upload(string Id, string Bucket, string Key, DateTimeOffset Begun)
{
    public ConcurrentDictionary<int, S3FakeObject> Parts { get; } = [];

    public string? ContentType { get; set; }

    /// <summary>The part that a CompleteMultipartUpload names by its number, ETag and checksum.</summary>
    public S3FakeObject PartOf(XElement wanted)
    {
        string? Child(string name) => wanted.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        return Parts.TryGetValue(int.Parse(Child("PartNumber")!, CultureInfo.InvariantCulture), out var part) && part.ETag == Child("ETag")
            && part.Checksum == Child("ChecksumSHA256")
            ? part
            : throw new S3Refusal(400, "InvalidPart", "One or more of the specified parts could not be found.");
    }
}
