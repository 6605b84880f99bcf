export {
  redisStore,
  type RedisClient,
  type RedisStoreOptions,
  type SendCommand,
} from './relay/redis-store.js';
