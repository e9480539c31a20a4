namespace SpotifyEtl.Spotify;

/// <summary>Which of the known causes of a refusal fit this app and what it asked for, and what to change for each.</summary>
internal static class RefusalCauses
{
    // Ids of Spotify's own and of personal lists begin so.
    private const string SpotifyOwned = "37i9dQZ";

    private const string CopyIt = "copy its tracks to a playlist of your own and use that one's id";

    public static string OfForbidden(string said, bool asUser, SourceId source, PlaylistHead? head)
    {
        if (Says("premium"))
        {
            return "The app's owner has no Premium subscription: take one, or use an app whose owner has.";
        }

        if (Says("not registered") || Says("user management") || Says("allowlist"))
        {
            return "The signed-in user is not on the app's list: add the user under User Management on the app's page "
                + "at https://developer.spotify.com/dashboard (five users at most in development mode).";
        }

        if (Says("scope"))
        {
            return $"The authorization lacks the scope {string.Join(" or ", source.Scopes)}: authorize again with {source.AuthorizeCommand} "
                + "and agree to what it asks for.";
        }

        if (source.IsOfUser)
        {
            return "Possible causes: the user is not on the app's list under User Management (https://developer.spotify.com/dashboard); the app's owner has no "
                + $"Premium subscription; the authorization lacks the scope {string.Join(" or ", source.Scopes)}, for which {source.AuthorizeCommand} asks.";
        }

        if (!asUser)
        {
            return "The app signs in as itself, and an app in development mode reads only playlists of a signed-in user: "
                + "authorize with 'spotify-etl authorize', which sets Spotify__RefreshToken, or use an app with extended quota. "
                + "Other possible causes: its owner has no Premium subscription; the playlist is private.";
        }

        var owner = head?.OwnerId is { } id ? $"It belongs to {id}. " : "";
        return $"{owner}An app in development mode reads only playlists that the signed-in user owns or collaborates on: authorize as the owner, "
            + $"have the user made a collaborator, or {CopyIt}; an app with extended quota reads it as it is. "
            + "Other possible causes: the user is not on the app's list under User Management; the app's owner has no Premium subscription.";

        bool Says(string word) => said.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    public static string OfNotFound(bool asUser, SourceId source, PlaylistHead? head)
    {
        if (source.Playlist is not { } playlist)
        {
            return "Every user has one: check Spotify__ApiBaseUrl if it is set, else try again later.";
        }

        if (playlist.Value.StartsWith(SpotifyOwned, StringComparison.Ordinal))
        {
            return $"Its id is that of one of Spotify's own lists or of one made for a listener, which apps made since November 2024 do not see: {CopyIt}.";
        }

        if (head is not null)
        {
            return "The playlist itself is there, but its rows are at neither address that Spotify has had for them: "
                + "check Spotify__ApiBaseUrl if it is set, else try again later.";
        }

        return "Either the id is wrong or the playlist was deleted; or it is one of Spotify's own or made for a listener, which newer apps do not see: "
            + CopyIt + (asUser ? "." : "; or it is private: make it public, or authorize as its owner with 'spotify-etl authorize'.");
    }
}
