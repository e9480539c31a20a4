using System.Text.Json;
using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Documents;

/// <summary>What a playlist object says of itself. Of repeated keys the last one counts.</summary>
internal sealed class PlaylistFields
{
    public byte[]? Id { get; private set; }

    public byte[]? Href { get; private set; }

    public byte[]? SnapshotId { get; private set; }

    public byte[]? Name { get; private set; }

    public byte[]? Description { get; private set; }

    public byte[]? OwnerId { get; private set; }

    public byte[]? OwnerName { get; private set; }

    public byte[]? Followers { get; private set; }

    public byte[]? IsPublic { get; private set; }

    public byte[]? IsCollaborative { get; private set; }

    public byte[]? ImageUrl { get; private set; }

    /// <summary>Its page of rows under <c>items</c>, or what is left of it.</summary>
    public PagingFields Items { get; private set; } = new();

    /// <summary>Its page of rows under <c>tracks</c>, or what is left of it.</summary>
    public PagingFields Tracks { get; private set; } = new();

    /// <summary>Takes note of a value of the object.</summary>
    public void See(ReadOnlySpan<FieldName> path, ref Utf8JsonReader reader)
    {
        switch (path)
        {
            case [FieldName.Id]:
                Id = HeadValue.Text(ref reader);
                break;
            case [FieldName.Href]:
                Href = HeadValue.Text(ref reader);
                break;
            case [FieldName.SnapshotId]:
                SnapshotId = HeadValue.Text(ref reader);
                break;
            case [FieldName.Name]:
                Name = HeadValue.Text(ref reader);
                break;
            case [FieldName.Description]:
                Description = HeadValue.Text(ref reader);
                break;
            case [FieldName.Public]:
                IsPublic = HeadValue.Literal(ref reader);
                break;
            case [FieldName.Collaborative]:
                IsCollaborative = HeadValue.Literal(ref reader);
                break;
            case [FieldName.Owner]:
                OwnerId = OwnerName = null;
                break;
            case [FieldName.Owner, FieldName.Id]:
                OwnerId = HeadValue.Text(ref reader);
                break;
            case [FieldName.Owner, FieldName.DisplayName]:
                OwnerName = HeadValue.Text(ref reader);
                break;
            case [FieldName.Followers]:
                Followers = null;
                break;
            case [FieldName.Followers, FieldName.Total]:
                Followers = HeadValue.Literal(ref reader);
                break;
            case [FieldName.Images]:
                ImageUrl = null;
                break;
            case [FieldName.Images, FieldName.First, FieldName.Url]:
                ImageUrl = HeadValue.Text(ref reader);
                break;
            case [FieldName.Items]:
                Items = new PagingFields();
                break;
            case [FieldName.Items, var member]:
                Items.See(member, ref reader);
                break;
            case [FieldName.Tracks]:
                Tracks = new PagingFields();
                break;
            case [FieldName.Tracks, var member]:
                Tracks.See(member, ref reader);
                break;
        }
    }
}
